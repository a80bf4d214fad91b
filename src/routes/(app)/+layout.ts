import { browser } from '$app/env';
import { beginPhoneApp } from '#lib/components/phone-app.ts';

/** Every page of the phone is drawn from the device's own database: there is nothing a server could draw. */
export const ssr = false;
export const prerender = false;

if (browser) beginPhoneApp();
