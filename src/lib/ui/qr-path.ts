import { generate } from 'lean-qr';

/** Width of the white edge that a camera needs, in modules. */
const QUIET = 4;

/** Finer codes (more than 97 × 97 modules) old cameras cannot read from a phone's screen. */
const FINEST = 20;

/** Whether a text fits into a code that cameras can read. */
export function qrFits(text: string): boolean {
	try {
		generate(text, { maxVersion: FINEST });
		return true;
	} catch {
		// lean-qr has no other way to say that a text is too long.
		return false;
	}
}

/** A QR code as one SVG path, a unit a module, with its quiet zone. */
export function qrPath(text: string): { size: number; path: string } {
	const code = generate(text);
	const runs: string[] = [];
	for (let y = 0; y < code.size; y += 1) {
		for (let x = 0; x < code.size; x += 1) {
			if (!code.get(x, y)) continue;
			let width = 1;
			while (code.get(x + width, y)) width += 1;
			runs.push(`M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`);
			x += width;
		}
	}
	return { size: code.size + 2 * QUIET, path: runs.join('') };
}
