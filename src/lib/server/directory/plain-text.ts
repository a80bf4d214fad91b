/** Elements whose content is not text for people. */
const DROPPED = new Set(
	(
		'script style template iframe noscript noembed noframes svg math textarea title head object embed ' +
		'applet select button audio video canvas xmp plaintext'
	).split(' ')
);

/** Elements that stand in paragraphs of their own. */
const PARAGRAPHS = new Set(
	(
		'p div h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre section article header footer main aside nav ' +
		'figure figcaption address form fieldset hr details summary'
	).split(' ')
);

/** Elements that begin a new line. */
const LINES = new Set(['br', 'tr', 'dt', 'dd', 'caption', 'legend', 'option']);

/** Named characters that texts of services use; others stay as they are written. */
const NAMED = new Map(
	(
		'amp & lt < gt > quot " apos \' nbsp \u00a0 auml ä ouml ö aring å Auml Ä Ouml Ö Aring Å uuml ü Uuml Ü szlig ß ' +
		'eacute é Eacute É egrave è agrave à ccedil ç ntilde ñ otilde õ Otilde Õ scaron š Scaron Š aelig æ oslash ø ' +
		'ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « raquo » hellip … bull • middot · ' +
		'euro € pound £ sect § para ¶ copy © reg ® trade ™ deg ° plusmn ± times × frac12 ½ frac14 ¼ frac34 ¾ ' +
		'ensp \u2002 emsp \u2003 thinsp \u2009 shy \u00ad zwnj \u200c zwj \u200d lrm \u200e rlm \u200f'
	)
		.split(' ')
		.reduce<[string, string][]>((pairs, word, at, all) => {
			if (at % 2 === 0) pairs.push([word, all[at + 1] ?? '']);
			return pairs;
		}, [])
);

/** Characters in the place of C1 codes, which HTML reads as Windows-1252: `&#150;` is a dash. */
const windows1252 = new TextDecoder('windows-1252');

function numbered(code: number): string {
	if (!Number.isFinite(code) || code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return '';
	if (code >= 0x80 && code <= 0x9f) return windows1252.decode(Uint8Array.of(code));
	return String.fromCodePoint(code);
}

/** Character references, each once: `&amp;lt;` is the text `&lt;`. */
function decoded(text: string): string {
	return text.replace(
		/&(?:#[xX]([0-9a-fA-F]{1,8})|#(\d{1,9})|([A-Za-z][A-Za-z0-9]{1,7}));/g,
		(whole: string, hex?: string, decimal?: string, name?: string) => {
			if (hex !== undefined) return numbered(parseInt(hex, 16));
			if (decimal !== undefined) return numbered(Number(decimal));
			return NAMED.get(name ?? '') ?? whole;
		}
	);
}

/** Where the tag that begins at `from` ends: after its `>`, not one inside quotes; the text's end if it has none. */
function endOfTag(html: string, from: number): number {
	let quote = '';
	for (let at = from; at < html.length; at++) {
		const char = html[at]!;
		if (quote) {
			if (char === quote) quote = '';
		} else if (char === '>') return at + 1;
		else if ((char === '"' || char === "'") && /[=\s]/.test(html[at - 1] ?? '')) quote = char;
	}
	return html.length;
}

/** Where a link leads, if people can use it: `https://…`, `mailto:…`, `tel:…`. */
function address(tag: string): string | undefined {
	const [, double, single, bare] = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag) ?? [];
	const to = decoded(double ?? single ?? bare ?? '').trim();
	if (/^(?:mailto|tel):[^\s<>]+$/i.test(to)) return to.replace(/^\w+:/, '').replace(/\?.*$/s, '');
	return /^https?:\/\/[^\s<>"]+$/i.test(to) ? to : undefined;
}

/** A `<` that is no `less than`: kept, it could open a tag with what follows once something between has gone. */
const LONE_SIGN = /<(?![\s\d=-])/g;

/** Control characters, and the marks that turn the direction of what follows and could make a text look like another. */
const INVISIBLE = /[[\p{Cc}--[\n\t]]\u200b\u202a-\u202e\u2060\ufeff\ufffe\uffff]/gv;

function tidy(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\u2028\u2029]/g, '\n')
		.replace(INVISIBLE, '')
		.split('\n')
		.map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
		.join('\n')
		.replace(/(?:^|\n)•(?=\n|$)/g, '')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/**
 * A text that may be HTML as plain text with line breaks: paragraphs apart by an empty line, items of lists as lines
 * with `• `, links as their text with the address in brackets. Scripts and all else that is not for reading is left
 * out. What only looks like HTML (`age < 12`) stays. Takes time in proportion to the length of the text.
 */
export function plainText(html: string): string {
	const text = html.replace(/\r\n?/g, '\n');
	if (!/<[A-Za-z/!?]/.test(text)) return tidy(decoded(text.replace(LONE_SIGN, '')));
	// Only ASCII: elsewhere a small letter may be longer than the capital, and positions would differ.
	const lower = text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
	let plain = '';
	let link: { to: string; from: number } | undefined;
	/** Puts what stands between tags: there a line break is only a space, as in a browser. */
	const put = (part: string) => {
		plain += decoded(part.replace(/\s+/g, ' '));
	};
	const close = () => {
		if (!link) return;
		const shown = plain.slice(link.from).trim();
		if (!shown.includes(link.to)) plain += shown === '' ? link.to : ` (${link.to})`;
		link = undefined;
	};
	let at = 0;
	while (at < text.length) {
		const open = text.indexOf('<', at);
		if (open < 0) break;
		put(text.slice(at, open));
		const next = text[open + 1] ?? '';
		if (!/[A-Za-z/!?]/.test(next)) {
			if (/[\s\d=-]/.test(next)) plain += '<';
			at = open + 1;
			continue;
		}
		if (text.startsWith('<!--', open)) {
			const end = text.indexOf('-->', open + 4);
			at = end < 0 ? text.length : end + 3;
			continue;
		}
		at = endOfTag(text, open + 1);
		const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20)) ?? [];
		if (DROPPED.has(name) && !slash) {
			const end = lower.indexOf(`</${name}`, at);
			at = end < 0 ? text.length : endOfTag(text, end + 1);
		} else if (name === 'a') {
			close();
			const to = slash ? undefined : address(text.slice(open, at));
			if (to) link = { to, from: plain.length };
		} else if (name === 'li') plain += slash ? '\n' : '\n• ';
		else if (PARAGRAPHS.has(name)) plain += '\n\n';
		else if (LINES.has(name) && !slash) plain += '\n';
		else if (name === 'td' || name === 'th') plain += ' ';
	}
	put(text.slice(at));
	close();
	return tidy(
		plain
			.replace(/\n{2,}/g, '\n\n')
			.replace(/•\s+(?=[^\s•])/g, '• ')
			.replace(/\n\n(?=• )/g, '\n')
	);
}
