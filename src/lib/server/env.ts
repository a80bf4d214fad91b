import { env } from '$env/dynamic/private';

/** The server's settings; the only module that reads the environment. */
export const settings = { database: env.DB ?? ':memory:' };
