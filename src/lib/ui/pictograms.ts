/**
 * Pictures for people who read little, always beside the word: one for each topic group and one for each fact or phrase, the
 * same in the whole product. Left what it stands for, right the drawing of Health Icons. After a change, and a look at the
 * drawing: `node scripts/sprite.js`.
 */
export const pictograms = {
	// Topic groups, by their code.
	permits: 'i-certificate-paper',
	'forms-decisions': 'i-exam-multiple-choice',
	integration: 'travel-alt',
	language: 'speech-language-therapy',
	work: 'construction-worker',
	education: 'i-training-class',
	'social-security': 'social-work',
	money: 'bills',
	housing: 'home',
	health: 'stethoscope',
	family: 'child-program',
	'rights-safety': 'justice',
	everyday: 'laptop',
	leisure: 'running',
	other: 'question-circle',
	// Facts of a service.
	hours: 'i-schedule-school-date-time',
	phone: 'phone',
	address: 'geo-location',
	bring: 'insurance-card',
	languages: 'forum',
	website: 'globe',
	// What is asked and said across the desk.
	interpreter: 'group-discussion-meeting',
	wait: 'stop',
	urgent: 'alert-triangle',
	write: 'i-note-action',
	about: 'contact-support',
	paper: 'health-worker-form',
	live: 'village',
	emergency: 'ambulance',
	read: 'eye',
	appointment: 'calendar',
	call: 'call-centre',
	find: 'magnifying-glass',
	come: 'walking',
	share: 'i-documents-accepted',
	welcome: 'ok',
	yes: 'yes',
	no: 'no',
	unsure: 'question'
} as const;

export type PictogramName = keyof typeof pictograms;
