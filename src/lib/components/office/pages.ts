/** The office's pages by the last part of their address, `/office/…`, besides those that have a folder in routes. Each is loaded when it is opened. */
export const officePages = {
	'api-tokens': () => import('./tokens/TokensPage.svelte'),
	contacts: () => import('./contacts/ContactsPage.svelte'),
	'cost-share': () => import('./cost/CostPage.svelte'),
	events: () => import('./events/EventsPage.svelte'),
	'municipal-report': () => import('./municipal/MunicipalPage.svelte'),
	feedback: () => import('./feedback/FeedbackPage.svelte'),
	network: () => import('./network/NetworkPage.svelte'),
	notices: () => import('./notices/NoticesPage.svelte'),
	reports: () => import('./reports/ReportPage.svelte'),
	roster: () => import('./roster/RosterPage.svelte'),
	sharing: () => import('./sharing/SharingPage.svelte'),
	'set-up': () => import('./set-up/SetUpPage.svelte')
};
