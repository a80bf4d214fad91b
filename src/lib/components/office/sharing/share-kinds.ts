import { shareKinds, type ShareKind } from '#lib/domain/shared.ts';
import { m } from '#lib/paraglide/messages.js';

export const kindName: Readonly<Record<ShareKind, () => string>> = {
	receptions: m.sharing_receptions,
	help: m.sharing_help
};

export const kindHint: Readonly<Record<ShareKind, () => string>> = {
	receptions: m.sharing_receptions_hint,
	help: m.sharing_help_hint
};

/** What is shared, on one line. A kind of a newer version by its id. */
export const kindsWords = (kinds: readonly string[]): string =>
	kinds.map((kind) => (known(kind) ? kindName[kind]() : kind)).join(' · ');

/** Those of the kinds that this version knows. */
export const knownKinds = (kinds: readonly string[]): ShareKind[] => kinds.filter(known);

function known(kind: string): kind is ShareKind {
	return shareKinds.some((one) => one === kind);
}
