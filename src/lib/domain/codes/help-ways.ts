import { list } from './code.ts';

/** How language help is given. Not a question of the visit record: the list is only loaded where the roster is. */
// prettier-ignore
export const helpWays = list('Miten', 'Hur', 'How', [
	['in-person', 'Paikan päällä', 'På plats', 'In person'],
	['phone', 'Puhelimessa', 'Per telefon', 'By telephone'],
	['video', 'Videolla', 'Via video', 'By video'],
	['interpreter-phone', 'Puhelintulkkaus', 'Telefontolkning', 'Interpreter by telephone'],
	['interpreter-video', 'Videotulkkaus', 'Videotolkning', 'Interpreter by video'],
	['written', 'Kirjallisesti', 'Skriftligt', 'In writing']
], { multiple: true });
