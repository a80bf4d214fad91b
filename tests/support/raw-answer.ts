import { request as askPlain, type IncomingHttpHeaders } from 'node:http';
import { request as askSecure } from 'node:https';

export interface RawAnswer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

/** Asks a server as it is: any method, no redirects followed, nothing unpacked, any certificate. */
export function rawAnswer(
	url: string,
	{
		method = 'GET',
		headers = {},
		body
	}: { method?: string; headers?: Record<string, string>; body?: string } = {}
): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		const secure = url.startsWith('https:');
		const options = {
			method,
			headers,
			agent: false as const,
			...(secure ? { rejectUnauthorized: false } : {})
		};
		const asked = (secure ? askSecure : askPlain)(url, options, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('error', reject);
			answer.on('end', () =>
				resolve({
					status: answer.statusCode ?? 0,
					headers: answer.headers,
					body: Buffer.concat(parts).toString('latin1')
				})
			);
		});
		asked.on('error', reject);
		asked.end(body);
	});
}
