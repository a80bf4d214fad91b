import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '#lib/protocol/errors.ts';
import { describeApi } from './openapi.ts';

const ROUTES = join(import.meta.dirname, '../../routes');

/** Every method of every route file, as `get /api/…`. */
function routes(): string[] {
	return readdirSync(join(ROUTES, 'api'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('+server.ts'))
		.flatMap((file) => {
			const path = `/${relative(ROUTES, dirname(join(ROUTES, 'api', file)))}`.replace(/\[(\w+)\]/g, '{$1}');
			const source = readFileSync(join(ROUTES, 'api', file), 'utf8');
			return [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
				([, method = '']) => `${method.toLowerCase()} ${path}`
			);
		})
		.sort();
}

interface Described {
	paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
	components: { schemas: Record<string, Record<string, unknown>>; securitySchemes: object };
}

const api = JSON.parse(JSON.stringify(describeApi('0.0.0'))) as Described;

function everyRef(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, item]) =>
		key === '$ref' && typeof item === 'string' ? [item] : everyRef(item)
	);
}

describe('the description of the API', () => {
	test('holds every route and method that there is, and no other', () => {
		const described = Object.entries(api.paths).flatMap(([path, methods]) =>
			Object.keys(methods).map((method) => `${method} ${path}`)
		);
		expect(described.sort()).toEqual(routes());
	});

	test('every reference leads to a schema', () => {
		const refs = everyRef(api);
		expect(refs.length).toBeGreaterThan(20);
		const missing = refs.filter(
			(ref) => !(ref.replace('#/components/schemas/', '') in api.components.schemas)
		);
		expect(missing).toEqual([]);
	});

	test('operations have ids of their own, and each names its errors', () => {
		const all = Object.values(api.paths).flatMap((methods) => Object.values(methods));
		expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
		for (const { responses } of all) expect(Object.keys(responses)).toContain('500');
	});

	test('carries the schemas of the wire: requests strict, answers open to new keys', () => {
		const { SyncRequest, SyncAnswer, Error: error } = api.components.schemas;
		expect(SyncRequest).toMatchObject({
			additionalProperties: false,
			required: expect.arrayContaining(['protocol'])
		});
		expect(SyncAnswer).not.toHaveProperty('additionalProperties');
		expect(SyncAnswer).toHaveProperty('properties.receipts.items.properties.outcome.enum');
		expect(error).toHaveProperty('properties.error.enum', [...errorCodes]);
		expect(JSON.stringify(api)).not.toContain('$defs');
	});
});
