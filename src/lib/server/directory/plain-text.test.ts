import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('plain text from HTML', () => {
	it.each([
		['a plain text', 'Neuvontaa.\nMyös iltaisin.', 'Neuvontaa.\nMyös iltaisin.'],
		['paragraphs', '<p>First</p><p>Second\nline</p>', 'First\n\nSecond line'],
		['a line break', 'One<br>two<BR/>three', 'One\ntwo\nthree'],
		[
			'a list',
			'Bring:<ul><li>passport</li><li><p>permit</p></li></ul>Thanks',
			'Bring:\n• passport\n• permit\n\nThanks'
		],
		['an empty item', '<ul><li></li><li>one</li></ul>', '• one'],
		['a nested list', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '• a\n• b\n• c'],
		[
			'a link',
			'See <a class="x" href="https://kela.fi/a?b=1&amp;c=2">Kela</a>.',
			'See Kela (https://kela.fi/a?b=1&c=2).'
		],
		['a link that shows its address', '<a href="https://kela.fi">https://kela.fi</a>', 'https://kela.fi'],
		['a link by mail', "<a href='mailto:a@b.fi?subject=x'>Write</a>", 'Write (a@b.fi)'],
		['a link without an end', 'See <a href=https://kela.fi>Kela', 'See Kela (https://kela.fi)'],
		['a link that would run', '<a href="javascript:alert(1)">Press</a>', 'Press'],
		['a hidden link that would run', '<a href=" java&#x73;cript:alert(1)">Press</a>', 'Press'],
		['a script', 'a<script>alert("</p>")</script>b', 'ab'],
		['a script in capitals with a space in its end', 'a<SCRIPT >x</ScRiPt\n>b', 'ab'],
		['a script without an end', 'a<script>alert(1)', 'a'],
		['a script in a script', 'a<scr<script>ipt>alert(1)</script>b', 'aipt>alert(1)b'],
		['a picture that would run', 'a<img src=x onerror="alert(1)">b', 'ab'],
		['a picture with > in quotes', `a<img alt='>' onerror="x>y">b`, 'ab'],
		['a picture without an end', 'a<img src=x onerror=alert(1) ', 'a'],
		['a frame', 'a<iframe srcdoc="<p>x">y</iframe>b', 'ab'],
		['a drawing', 'a<svg><script>x</script><text>t</text></svg>b', 'ab'],
		['a style', '<style>p{color:red}</style>a', 'a'],
		['a comment', 'a<!-- <script> -->b<!-- open', 'ab'],
		['a document', '<!doctype html><html><head><title>T</title></head><body>a</body></html>', 'a'],
		['nested tags', '<div><b><i>a</i></b><span>b</div></span>', 'ab'],
		['named characters', 'P&auml;iv&auml; &amp; y&ouml; &ndash; 5&nbsp;&euro;', 'Päivä & yö – 5 €'],
		['numbered characters', '&#228;&#xE4;&#150;&#0;&#xD800;&#x110000;', 'ää–'],
		['unknown names', 'R&D &foo; &amp', 'R&D &foo; &amp'],
		['references once', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
		['what only looks like HTML', 'age < 12 and > 3, <3', 'age < 12 and > 3, <3'],
		['a sign that stays beside tags', '<b>a</b> 1 < 2', 'a 1 < 2'],
		['a capital that is longer when small', 'İİİİ<script>alert(1)</script>İ', 'İİİİİ'],
		['a tag that another one hides', '<<b>script>alert(1)<</b>/script>', 'script>alert(1)/script>'],
		['a tag that a hidden mark hides', '<\u200bscript> <&#x200b;b>', 'script> b>'],
		['a table', '<table><tr><td>Mo</td><td>9–16</td></tr><tr><td>Tu</td></tr></table>', 'Mo 9–16\nTu'],
		['spaces', '  a \t b\r\n\r\n\r\n\r\nc  ', 'a b\n\nc'],
		['hidden and turning marks', 'a\u0000\u202eb\u200bc\ufeff', 'abc'],
		['what Persian needs', 'می\u200cخواهم', 'می\u200cخواهم'],
		['half a character', 'a\ud800b', 'a\ufffdb'],
		['nothing', ' <p></p> ', '']
	])('reads %s', (_, html, plain) => {
		expect(plainText(html)).toBe(plain);
	});

	it('leaves no tag, whatever comes [fault 81]', () => {
		const piece = fc.constantFrom(
			'<', '>', '<p', '</', 'script', '<script>', '</script>', '<!--', '-->', '"', "'", '=', ' ', 'href', '<a ', '&lt', ';', 'x', '\n', '<li>'
		); // prettier-ignore
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const plain = plainText(pieces.join('').replaceAll('&lt', ''));
				expect(plain).not.toMatch(/<[A-Za-z/!?][^<]*>/);
			}),
			{ numRuns: 2000 }
		);
	});

	it('takes no longer than in proportion', () => {
		for (const piece of [
			'<script>',
			'<a href="',
			'<!--',
			'<li>',
			'</',
			'&#x',
			'<p title="',
			'•\n',
			'<a>',
			'<li><p>',
			'<p>',
			'\n',
			' '
		])
			expect(plainText(piece.repeat(100_000)).length).toBeLessThan(1_000_000);
	}, 5000);
});
