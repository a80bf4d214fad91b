import { resolve } from '$app/paths';
import { m } from '#lib/paraglide/messages.js';
import type { Role } from '#lib/protocol/accounts.ts';

/** A page of the office as the menu names it. */
interface MenuLink {
	href: string;
	name: () => string;
}

/** Pages about one thing. */
export interface MenuGroup {
	name: () => string;
	links: readonly MenuLink[];
}

const figures = (coordinator: boolean): MenuGroup => ({
	name: m.office_menu_figures,
	links: [
		{ href: resolve('/office/reports'), name: m.reports_nav },
		{ href: resolve('/office/municipal-report'), name: m.municipal_title },
		{ href: resolve('/office/cost-share'), name: m.cost_title },
		...(coordinator ? [{ href: resolve('/office/feedback'), name: m.feedback_title }] : []),
		{ href: resolve('/office/api-tokens'), name: m.tokens_nav }
	]
});

const day: MenuGroup = {
	name: m.office_menu_day,
	links: [
		{ href: resolve('/office/tour'), name: m.plan_nav },
		{ href: resolve('/office/roster'), name: m.roster_nav },
		{ href: resolve('/office/sharing'), name: m.sharing_title },
		{ href: resolve('/office/events'), name: m.events_title },
		{ href: resolve('/office/notices'), name: m.notices_title }
	]
};

const services = (coordinator: boolean): MenuGroup => ({
	name: m.office_menu_services,
	links: [
		...(coordinator
			? [
					{ href: resolve('/office/services'), name: m.check_title },
					{ href: resolve('/office/translations'), name: m.translations_nav }
				]
			: []),
		{ href: resolve('/office/coverage'), name: m.coverage_title },
		{ href: resolve('/office/import'), name: m.import_nav }
	]
});

const register = (coordinator: boolean): MenuGroup => ({
	name: m.office_menu_register,
	links: [
		...(coordinator
			? [
					{ href: resolve('/office/register'), name: m.register_nav },
					{ href: resolve('/office/register-import'), name: m.oldreg_nav },
					{ href: resolve('/office/rejected'), name: m.office_nav_rejected },
					{ href: resolve('/office/rescue'), name: m.office_nav_rescue },
					{ href: resolve('/office/subject-access'), name: m.subject_nav }
				]
			: []),
		{ href: resolve('/office/retention'), name: m.retention_nav },
		{ href: resolve('/office/audit'), name: m.audit_nav }
	]
});

const people = (coordinator: boolean): MenuGroup => ({
	name: m.office_menu_people,
	links: [
		{ href: resolve('/office/people'), name: m.office_nav_people },
		...(coordinator ? [{ href: resolve('/office/contacts'), name: m.contacts_title }] : []),
		{ href: resolve('/office/set-up'), name: m.setup_title }
	]
});

/**
 * What the office shows a role. What visits say is the coordinator's to see, and the tour and the directory theirs to write; a viewer has the
 * network's figures and nothing else.
 */
export function officeMenu(role: Role): MenuGroup[] {
	if (role === 'viewer')
		return [
			{
				name: m.office_menu_figures,
				links: [{ href: resolve('/office/network'), name: m.network_title }]
			}
		];
	const coordinator = role === 'coordinator';
	return [
		figures(coordinator),
		...(coordinator ? [day] : []),
		services(coordinator),
		register(coordinator),
		people(coordinator)
	];
}
