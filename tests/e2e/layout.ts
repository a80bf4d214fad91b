import type { Page } from '@playwright/test';

/** Rules added for a moment, past the content security policy, which lets no inline style in. */
export async function withStyle<T>(page: Page, css: string, run: () => Promise<T>): Promise<T> {
	await page.evaluate((text) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(text);
		document.adoptedStyleSheets.push(sheet);
	}, css);
	try {
		return await run();
	} finally {
		await page.evaluate(() => void document.adoptedStyleSheets.pop());
	}
}

/** WCAG 1.4.12, and text at twice its size. */
export const TEXT_SPACING =
	'* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }';
export const TEXT_200 = 'html { font-size: 212.5% !important }';

/** Everything that is pressed is at least 44 × 44 px; links within a sentence are not meant. */
export function smallTargets(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const faults: string[] = [];
		for (const element of document.querySelectorAll(
			'a[href], button, summary, input, select, textarea, [role="button"]'
		)) {
			if (!element.checkVisibility({ visibilityProperty: true })) continue;
			const isBox = element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type);
			// A box is pressed by its label.
			const target = (isBox && element.closest('label')) || element;
			if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') continue;
			const { width, height } = target.getBoundingClientRect();
			if (width === 0 || (width >= 43.9 && height >= 43.9)) continue;
			// What only shows itself when it gets the focus.
			if (element.classList.contains('skip')) continue;
			const name = (target.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 30);
			faults.push(`${element.tagName} "${name}" ${Math.round(width)} × ${Math.round(height)}`);
		}
		return faults;
	});
}

/**
 * Nothing stands beyond the sides of the screen, neither boxes nor text: `scrollWidth` alone misses what is in fixed bars.
 * `letters` also finds words that were broken into columns.
 */
export function overflow(page: Page, width: number, letters = false): Promise<string[]> {
	return page.evaluate(
		([screenWidth, wantsLetters]) => {
			const faults: string[] = [];
			const { scrollWidth } = document.documentElement;
			if (scrollWidth > screenWidth + 1) {
				const wide = [...document.querySelectorAll('body *')].filter(
					(e) => e.getBoundingClientRect().right > screenWidth + 1
				);
				const names = wide.slice(0, 3).map((e) => `${e.tagName}.${e.getAttribute('class') ?? ''}`);
				faults.push(`page ${scrollWidth} px wide: ${names.join(', ')}`);
			}
			const scrollsAside = (element: Element | null): boolean =>
				element !== null &&
				((['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
					element.scrollWidth > element.clientWidth) ||
					scrollsAside(element.parentElement));
			const isClipped = (element: Element | null): boolean =>
				element !== null &&
				(getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement));
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let node = walker.nextNode(); node; node = walker.nextNode()) {
				const text = (node.nodeValue ?? '').trim();
				const parent = node.parentElement;
				if (text.length < 4 || !parent || parent.closest('.sr, .skip, svg, select, iframe')) continue;
				if (isClipped(parent) || !parent.checkVisibility({ visibilityProperty: true })) continue;
				const range = document.createRange();
				range.selectNodeContents(node);
				const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
				if (boxes.some((box) => box.right > screenWidth + 1 || box.left < -1) && !scrollsAside(parent)) {
					faults.push(`beyond the edge: "${text.slice(0, 40)}"`);
				}
				const words = text.split(/[\s\u00ad·–-]+/).length;
				const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2;
				// A line of two directions has several boxes.
				const lines = boxes.filter(
					(box, at) =>
						!boxes.slice(0, at).some((other) => Math.abs(middle(box) - middle(other)) < box.height / 2)
				).length;
				if (wantsLetters && lines > words + 1) faults.push(`${lines} lines: "${text.slice(0, 40)}"`);
			}
			return faults;
		},
		[width, letters] as const
	);
}

/** What stands still at the lower edge leaves room for the page: at most 30 % of the screen. */
export function tallDock(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll('.bar, .dock, .strip')]
			.filter((e) => ['sticky', 'fixed'].includes(getComputedStyle(e).position))
			.map((e) => e.getBoundingClientRect().height)
			.filter((height) => height > innerHeight * 0.3)
			.map((height) => `dock of ${Math.round(height)} px on a screen of ${innerHeight} px`)
	);
}

/** In text from right to left a time range, a phone number or an address turns round unless it is isolated. */
export function unisolated(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const faults: string[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement;
			const text = (node.nodeValue ?? '').trim();
			if (!parent || getComputedStyle(parent).direction !== 'rtl' || parent.closest('bdi, svg')) continue;
			if (/\d[.:]\d\d\s?[–-]|\d\s?[–-]\s?\d|\+358|@/.test(text)) faults.push(text.slice(0, 60));
		}
		return faults;
	});
}
