import { SaxesParser } from 'saxes';
import { BadInput } from '#lib/server/directory/draft.ts';

/** Hears the tags and texts of an XML file. Names are without their prefix. */
export interface XmlListener {
	open?(name: string, attributes: Readonly<Record<string, string>>): void;
	close?(name: string): void;
	text?(text: string): void;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Reads an XML file piece by piece; after each piece the caller has its turn. What declares its own entities is not read: a few lines of
 * it could become gigabytes. Throws `BadInput` `bad_xml`.
 */
export async function* readXml(
	pieces: AsyncIterable<string>,
	path: string,
	listener: XmlListener
): AsyncGenerator<void> {
	const bad = (why: string) => new BadInput('bad_xml', `${path} cannot be read: ${why.slice(0, 200)}`);
	const parser = new SaxesParser();
	parser.on('error', ({ message }) => {
		throw bad(message);
	});
	parser.on('doctype', () => {
		throw bad('it declares a document type');
	});
	parser.on('opentag', ({ name, attributes }) => listener.open?.(local(name), attributes));
	parser.on('closetag', ({ name }) => listener.close?.(local(name)));
	parser.on('text', (text) => listener.text?.(text));
	parser.on('cdata', (text) => listener.text?.(text));
	for await (const piece of pieces) {
		parser.write(piece);
		yield;
	}
	parser.close();
	yield;
}
