/** Every page of the phone is drawn from the device's own database: there is nothing a server could draw. */
export const ssr = false;
export const prerender = false;
