/** Loaded with `node --import`: the process lives at the time that AT_TIME names (ISO 8601) and its clock runs on from there. */
import process from 'node:process';

const RealDate = Date;
const offset = RealDate.parse(process.env.AT_TIME ?? '') - RealDate.now();
if (Number.isNaN(offset)) throw new Error('AT_TIME is no date.');

const Shifted = class extends RealDate {
	/** @param {[] | [string | number | Date]} args */
	constructor(...args) {
		if (args.length === 0) super(RealDate.now() + offset);
		else super(...args);
	}

	/** @override */
	static now() {
		return RealDate.now() + offset;
	}
};

globalThis.Date = /** @type {DateConstructor} */ (Shifted);
