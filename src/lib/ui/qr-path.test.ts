import { generate } from 'lean-qr';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

/** Which modules a path of horizontal runs fills. */
function filled(path: string): Set<string> {
	const modules = new Set<string>();
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		for (let step = 0; step < Number(width); step += 1) modules.add(`${Number(x) + step},${y}`);
	}
	return modules;
}

test('the path fills exactly the dark modules, four modules from every edge', () => {
	const text = 'https://example.org/start#0123456789';
	const code = generate(text);
	const { size, path } = qrPath(text);
	const modules = filled(path);
	expect(size).toBe(code.size + 8);
	const wrong = [];
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1)
			if (modules.has(`${x},${y}`) !== code.get(x - 4, y - 4)) wrong.push([x, y]);
	}
	expect(wrong).toEqual([]);
});
