import type { PhraseKey } from '#lib/directory/phrases/phrase-keys.ts';
import type { Service } from '#lib/domain/service.ts';
import type { PictogramName } from '#lib/ui/pictograms.ts';

/** One tile of the phrase board. */
export interface BoardPhrase {
	key: PhraseKey;
	pictogram: PictogramName;
	/** A question that is answered by pointing: at yes, no or "I do not know", or at the picture of a topic. */
	answered?: 'yes-no' | 'topic';
	/** A number that needs no words. */
	phone?: Pick<Service['phones'][number], 'number' | 'source'>;
}

/** The source is that of the directory's own entry for the emergency number. */
const emergencyNumber = {
	number: '112',
	source: {
		title:
			'Emergency Response Centre Agency (112.fi): Victim Support Finland now available in the 112 Suomi app services',
		url: 'https://112.fi/en/-/victim-support-finland-now-available-in-the-112-suomi-app-services',
		date: '2023-02-28'
	}
};

/** What is said in the first minute, in a fixed order so that the hand learns it (ux.md §6.8b). */
export const firstPhrases: readonly BoardPhrase[] = [
	{ key: 'needInterpreter', pictogram: 'interpreter', answered: 'yes-no' },
	{ key: 'pleaseWait', pictogram: 'wait' },
	{ key: 'isUrgent', pictogram: 'urgent', answered: 'yes-no' },
	{ key: 'mayRecord', pictogram: 'write', answered: 'yes-no' },
	{ key: 'whatAbout', pictogram: 'about', answered: 'topic' },
	{ key: 'showPaper', pictogram: 'paper', answered: 'yes-no' },
	{ key: 'whereLive', pictogram: 'live' },
	{ key: 'emergency', pictogram: 'emergency', phone: emergencyNumber }
];

export const morePhrases: readonly BoardPhrase[] = [
	{ key: 'welcome', pictogram: 'welcome' },
	{ key: 'canRead', pictogram: 'read', answered: 'yes-no' },
	{ key: 'haveAppointment', pictogram: 'hours', answered: 'yes-no' },
	{ key: 'callInterpreter', pictogram: 'call' },
	{ key: 'findOut', pictogram: 'find' },
	{ key: 'comeWithMe', pictogram: 'come' },
	{ key: 'comeAgain', pictogram: 'appointment' },
	{ key: 'mayShare', pictogram: 'share', answered: 'yes-no' }
];

export const answers = ['yes', 'no', 'unsure'] as const satisfies readonly (PhraseKey & PictogramName)[];
