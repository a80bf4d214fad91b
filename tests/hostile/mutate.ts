import { deflateSync, gzipSync } from 'node:zlib';
import type { JsonValue } from '#lib/domain/json.ts';

type Random = () => number;
type Sink = JsonValue | undefined;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** What may stand in the place of any value. */
function oddValue(random: Random, texts: readonly string[]): Sink {
	const kinds: (() => Sink)[] = [
		() => null,
		() => undefined,
		() => random() < 0.5,
		() => pick(random, [0, -1, 1.5, -0, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 1e-308]),
		() => pick(random, texts),
		() => pick(random, texts).repeat(1 + Math.floor(random() * 400)),
		() => '',
		() => [],
		() => ({}),
		() => Array.from({ length: Math.floor(random() * 600) }, () => pick(random, texts)),
		() =>
			Object.fromEntries(
				Array.from({ length: Math.floor(random() * 80) }, (_, index) => [
					`${pick(random, texts).slice(0, 20)}${index}`,
					index
				])
			),
		() => [[[[[[[[[[[[[[[[[[[[[[pick(random, texts)]]]]]]]]]]]]]]]]]]]]]],
		() => ({
			[pick(random, ['__proto__x', 'constructor', 'then', 'toJSON', 'length', 'valueOf'])]: pick(
				random,
				texts
			)
		})
	];
	return pick(random, kinds)();
}

/** The same JSON with one thing in it changed, lost, doubled, or put in. */
function oddJson(random: Random, value: JsonValue, texts: readonly string[]): Sink {
	if (typeof value !== 'object' || value === null || random() < 0.05) return oddValue(random, texts);
	if (Array.isArray(value)) {
		const list = [...value];
		const at = Math.floor(random() * (list.length + 1));
		const there = list[at];
		if (there === undefined || random() < 0.2)
			list.splice(at, random() < 0.5 ? 1 : 0, oddValue(random, texts) ?? null);
		else list[at] = oddJson(random, there, texts) ?? null;
		return list;
	}
	const names = Object.keys(value);
	// What lies behind the first checks is where most of it should go.
	const deeper = names.find((one) => one === 'ops' || one === 'fields');
	const name =
		deeper !== undefined && random() < 0.85
			? deeper
			: random() < 0.1 || names.length === 0
				? pick(random, texts).slice(0, 64)
				: pick(random, names);
	const changed: Record<string, JsonValue> = { ...value };
	const into = oddJson(random, changed[name] ?? null, texts);
	if (into === undefined) Reflect.deleteProperty(changed, name);
	else
		Object.defineProperty(changed, name, {
			value: into,
			enumerable: true,
			writable: true,
			configurable: true
		});
	return changed;
}

/** Bytes with some of them changed, cut off, repeated or put in. */
export function oddBytes(random: Random, bytes: Buffer): Buffer {
	const at = Math.floor(random() * bytes.length);
	switch (Math.floor(random() * 5)) {
		case 0:
			return bytes.subarray(0, at);
		case 1:
			return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.floor(at / 2))]);
		case 2:
			return Buffer.concat([
				bytes.subarray(0, at),
				Buffer.from(
					pick(random, [
						'{',
						'[',
						'"',
						'\\u0000',
						'\\ud800',
						',',
						'1e999',
						'\ufeff',
						'"__proto__":{"polluted":1},'
					])
				),
				bytes.subarray(at)
			]);
		case 3:
			return Buffer.concat([bytes, bytes]);
		default: {
			const changed = Buffer.from(bytes);
			for (let times = 0; times < 1 + random() * 8; times += 1)
				changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
			return changed;
		}
	}
}

/** A body made by chance from a good one, and what its headers say of it. */
export function oddBody(
	random: Random,
	good: JsonValue,
	texts: readonly string[]
): { body: Buffer; headers: Record<string, string> } {
	let value: Sink = good;
	for (let times = 0; times < 1 + Math.floor(random() * 3); times += 1)
		value = oddJson(random, value ?? null, texts);
	let body: Buffer = Buffer.from(JSON.stringify(value) ?? '');
	const headers: Record<string, string> = {};
	if (random() < 0.15) body = oddBytes(random, body);
	if (random() < 0.06) {
		body = pick(random, [gzipSync, deflateSync])(body);
		headers['content-encoding'] = pick(random, ['gzip', 'br', 'deflate', 'gzip, gzip', '']);
		if (random() < 0.3) body = oddBytes(random, body);
	}
	if (random() < 0.03)
		headers['content-type'] = pick(random, [
			'text/plain',
			'',
			'application/json; charset=utf-16',
			'multipart/form-data'
		]);
	return { body, headers };
}
