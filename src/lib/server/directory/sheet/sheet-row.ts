import type { Text } from '#lib/domain/language-texts.ts';
import type { TextField } from '#lib/domain/service-record.ts';
import type { FactName } from './facts.ts';

/** A translation that a sheet changes. */
export interface TextChange {
	/** Column, for the report: `E`. */
	column: string;
	language: string;
	text: Text;
	/** `markOfText` of what stood there when the sheet was written. */
	mark: string;
}

/** A fact that a sheet changes. */
export interface FactChange {
	column: string;
	name: FactName;
	/** The cell as it stands. */
	cell: string;
	/** `markOf` of what stood there when the sheet was written. */
	mark: string;
}

/** A row of a sheet with what it changes, waiting to be taken in. */
export type SheetRow = {
	/** One for each row that there can be. */
	id: string;
	/** Where it stands, for people: `texts row 12`. */
	where: string;
	/** Record id of the service. */
	service: string;
	/** Cells that are as they were written. */
	same: number;
} & (
	| {
			field: TextField;
			/** What was translated from; undefined where the sheet does not say it. */
			source: { language: string; mark: string } | undefined;
			texts: TextChange[];
	  }
	| { facts: FactChange[] }
);
