import type { FieldValues } from '#lib/device/visits.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Desk } from '#lib/domain/tour.ts';
import type { Visit } from '#lib/domain/visit.ts';
import { usualChannel } from './place.ts';

/**
 * What a repeated visit takes from the one before. What was said about that client stays with that client: background,
 * municipality, duration and notes are never copied, for they would be made up.
 */
export type Pattern = Pick<
	Visit,
	'language' | 'interpreting' | 'topics' | 'actions' | 'referrals' | 'channel'
>;

/** A referral as JSON carries it: an answer that was not given is not there. */
export function plainReferral({
	to,
	how,
	service
}: NonNullable<Visit['referrals']>[number]): Record<string, JsonValue> {
	return { to, ...(how === undefined ? {} : { how }), ...(service === undefined ? {} : { service }) };
}

/** The fields that say where and how a contact was. */
function placeFields(desk: Desk | null, channel: string | undefined): FieldValues {
	return {
		desk: desk?.id ?? null,
		deskMunicipality: desk?.municipality ?? null,
		channel: channel ?? usualChannel(desk?.id ?? null)
	};
}

/**
 * A new visit like another one.
 *
 * @param desk where the adviser is now, null: without a place. A visit repeated elsewhere happens elsewhere.
 */
export function repeatFields(
	pattern: Pattern,
	from: string | null | undefined,
	desk: Desk | null,
	now: number
): FieldValues {
	const samePlace = (from ?? null) === (desk?.id ?? null);
	return {
		at: new Date(now).toISOString(),
		language: pattern.language,
		interpreting: pattern.interpreting,
		topics: pattern.topics,
		actions: pattern.actions,
		referrals: pattern.referrals?.map(plainReferral),
		...placeFields(desk, samePlace ? pattern.channel : undefined)
	};
}
