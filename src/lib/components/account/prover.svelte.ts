import type { ApiAnswer } from '#lib/components/office/api.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';

/** Asks whoever is signed in to prove it again where the server wants that, and then asks the server once more; see StepUpDialog. */
export class Prover {
	/** Set while the question stands. */
	asked = $state.raw<{ membership: MembershipRow; answer: (proved: boolean) => void }>();

	/** Resolves to whether they have. */
	prove(membership: MembershipRow): Promise<boolean> {
		return new Promise((resolve) => {
			this.asked = {
				membership,
				answer: (proved) => {
					this.asked = undefined;
					resolve(proved);
				}
			};
		});
	}

	async repeat<T>(membership: MembershipRow, ask: () => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> {
		const answer = await ask();
		if (answer.ok || answer.failure !== 'step_up' || !(await this.prove(membership))) return answer;
		return ask();
	}
}
