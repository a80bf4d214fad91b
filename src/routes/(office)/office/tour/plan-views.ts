import { m } from '#lib/paraglide/messages.js';

/** How the plan is looked at: by desk, or as a calendar. */
export const planViews = ['desks', 'week', 'month'] as const;
export type PlanView = (typeof planViews)[number];

const names = { desks: m.plan_view_desks, week: m.plan_view_week, month: m.plan_view_month };

export const viewName = (view: PlanView): string => names[view]();

/** The view that an address asks for; by desk where it asks for none. */
export const readView = (params: URLSearchParams): PlanView =>
	planViews.find((one) => one === params.get('view')) ?? 'desks';
