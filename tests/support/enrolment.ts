import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { handleEnrolment } from '#lib/server/accounts/handle-accounts.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { call, post, type Jar, type Phone } from './server.ts';

/** Redeems a code in a browser that brings a new key; where a phone is given, signed by it, as by one that is enrolled there already. */
export async function redeemCode(
	server: ServerContext,
	jar: Jar,
	code: string,
	phone?: Phone
): Promise<Response> {
	const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
	const body = Buffer.from(
		JSON.stringify({
			code,
			deviceName: 'browser',
			publicKey: { kty: 'EC', crv: 'P-256', x, y },
			...(phone ? { replica: phone.replica } : {})
		})
	);
	const headers: Record<string, string> = {};
	if (phone) {
		const sha = createHash('sha256').update(body).digest('hex');
		const text = ['POST', '/api/v1/enrolments', phone.replica, sha].join('\n');
		headers['reppu-device'] = phone.enrolled.device;
		headers['reppu-signature'] = sign('sha256', Buffer.from(text), {
			key: phone.key,
			dsaEncoding: 'ieee-p1363'
		}).toString('base64');
	}
	return call(server, handleEnrolment, post('/api/v1/enrolments', body, headers), { jar });
}
