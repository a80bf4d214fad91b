/** A day of the calendar carries its civil date in this attribute. */
const DAY = 'data-day';

/** So far must the pointer go before it drags, px: a click that shakes is a click. */
const FAR = 6;

interface Options<T> {
	/** Whether something may be dropped on a day. */
	mayDrop: (dragged: T, day: string) => boolean;
	ondrop: (dragged: T, day: string) => void;
}

/**
 * Dragging with a mouse or a pen from one day of the calendar to another: an extra beside the choices that a button opens (WCAG 2.5.7), so a finger scrolls as ever. Escape
 * and leaving the calendar let go. What was dragged changes nothing by itself.
 */
export class DraggedDay<T> {
	/** What is being dragged. */
	dragged = $state.raw<T>();
	/** The day that it would be dropped on, civil date. */
	over = $state<string>();
	readonly #options: Options<T>;
	#from: { thing: T; x: number; y: number } | undefined;
	/** The click that ends a drag is none. */
	#wasDragged = false;

	constructor(options: Options<T>) {
		this.#options = options;
	}

	/** What the button of one thing listens to. */
	of(thing: T, onclick: () => void) {
		return {
			onpointerdown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
				this.#wasDragged = false;
				if (event.pointerType === 'touch' || event.button !== 0) return;
				this.#from = { thing, x: event.clientX, y: event.clientY };
				event.currentTarget.setPointerCapture(event.pointerId);
			},
			onpointermove: (event: PointerEvent) => this.#move(event),
			onpointerup: () => this.#drop(),
			onpointercancel: () => this.letGo(),
			onkeydown: (event: KeyboardEvent) => {
				if (event.key === 'Escape') this.letGo();
			},
			onclick: ({ detail }: MouseEvent) => {
				// Of the keyboard there is none to be left out: not every browser sends a click after a drag.
				if (detail === 0 || !this.#wasDragged) onclick();
				this.#wasDragged = false;
			}
		};
	}

	/** Nothing is dragged any more, and nothing was dropped. */
	letGo(): void {
		this.#from = this.dragged = this.over = undefined;
	}

	#move({ clientX, clientY }: PointerEvent): void {
		if (!this.#from) return;
		const { thing, x, y } = this.#from;
		if (this.dragged === undefined && Math.hypot(clientX - x, clientY - y) < FAR) return;
		[this.dragged, this.#wasDragged] = [thing, true];
		const day =
			document.elementFromPoint(clientX, clientY)?.closest(`[${DAY}]`)?.getAttribute(DAY) ?? undefined;
		this.over = day !== undefined && this.#options.mayDrop(thing, day) ? day : undefined;
	}

	#drop(): void {
		const { dragged, over } = this;
		this.letGo();
		if (dragged !== undefined && over !== undefined) this.#options.ondrop(dragged, over);
	}
}
