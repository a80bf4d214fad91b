/** What an organisation that has just begun still lacks, in the order in which it is done. */
export interface SetUpFacts {
	/** Roles of members, with how many devices in use each has. */
	people: readonly { role: string; devices: number }[];
	desks: number;
	/** Receptions of the last month and of the next three. */
	receptions: number;
	/** Contacts that have been counted, ever. */
	contacts: number;
}

export const setUpSteps = ['coordinator', 'desk', 'reception', 'adviser', 'visit'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

/** The steps that are done. Somebody works here once a member who may log visits has a device. */
export function stepsDone({ people, desks, receptions, contacts }: SetUpFacts): Set<SetUpStep> {
	const done: Record<SetUpStep, boolean> = {
		coordinator: people.some(({ role, devices }) => role === 'coordinator' && devices > 0),
		desk: desks > 0,
		reception: receptions > 0,
		adviser: people.some(({ role, devices }) => role === 'adviser' && devices > 0),
		visit: contacts > 0
	};
	return new Set(setUpSteps.filter((step) => done[step]));
}
