/** Languages that a browser asks for, the dearest first. */
export const askedLanguages = (header: string | null): string[] =>
	(header ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', ...rest] = part.trim().split(';');
			const weight = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1);
			return { tag, weight };
		})
		.sort((a, b) => b.weight - a.weight)
		.map(({ tag }) => tag);
