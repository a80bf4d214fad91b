/**
 * `eval $(node tests/support/scan-session.ts http://localhost:4711)`: enrols by the demo's office door and prints what a scanner sends along, as
 * variables of the shell; see docs/security/scans.md.
 */
import process from 'node:process';
import { HttpPhone } from './http-phone.ts';

const [url = ''] = process.argv.slice(2);
const { cookie, membership } = await HttpPhone.enrol(url, 'coordinator');
console.log(`COOKIE='${cookie}' MEMBERSHIP='${membership}'`);
