import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk in memory that is full as soon as a test wants it. */
export class SmallDisk {
	readonly folder = mkdtempSync(join(tmpdir(), 'reppu-disk-'));

	/** @throws where this user may not mount */
	constructor() {
		try {
			mount('-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', this.folder);
		} catch (error) {
			rmSync(this.folder, { recursive: true });
			throw error;
		}
	}

	/** Leaves so many megabytes beside what is in use. */
	leave(megabytes: number): void {
		const { blocks, bfree, bsize } = statfsSync(this.folder);
		const used = Math.ceil(((blocks - bfree) * bsize) / 1024);
		mount('-o', `remount,size=${used + megabytes * 1024}k`, this.folder);
	}

	remove(): void {
		execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function mount(...args: string[]): void {
	execFileSync('mount', args, { stdio: 'ignore' });
}

/** Whether this user may have one; tests on it say "skipped" otherwise. */
export const mayMount = (() => {
	try {
		new SmallDisk().remove();
		return true;
	} catch {
		return false;
	}
})();
