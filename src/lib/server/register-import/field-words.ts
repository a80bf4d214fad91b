import type { RegisterField } from '#lib/protocol/register-import.ts';
import { fold } from './fold.ts';

/** Words by which columns of old registers are called, in the order in which they are tried: what is more certain comes first. */
const words: readonly (readonly [RegisterField, string])[] = [
	[
		'clientCode',
		'asiakaskoodi|asiakasnumero|asiakastunnus|klientkod|klientnummer|client code|client number|client id'
	],
	['clientMunicipality', 'asiakkaan kunta|asiakkaan kotikunta|kotikunta|asuinkunta|hemkommun|klientens kommun|home municipality|client municipality'], // prettier-ignore
	['residenceLength', 'asumisen kesto|asumisaika|asunut suomessa|vistelsetid|tid i finland|length of residence|residence'], // prettier-ignore
	['residenceGround', 'maahantulon syy|tulosyy|maahantulo|oleskelun peruste|orsak till inresa|inreseorsak|reason for coming|reason of entry'], // prettier-ignore
	['citizenshipGroup', 'kansalaisuusryhmä|kansalaisuus|medborgarskap|citizenship'],
	['origin', 'lähtömaa|synnyinmaa|maa|ursprungsland|hemland|country|origin'],
	['ageBand', 'ikäryhmä|ikä|åldersgrupp|ålder|age'],
	['education', 'koulutus|utbildning|education'],
	['employment', 'pääasiallinen toiminta|työtilanne|työllisyys|toiminta|huvudsaklig verksamhet|sysselsättning|employment|activity'], // prettier-ignore
	['clientStatus', 'asiakkuus|uusi asiakas|uusi/vanha|klientskap|ny klient|client status'],
	['interpreting', 'tulkkaus|tulkki|tolkning|tolk|interpreting|interpreter'],
	['language', 'asiointikieli|asiakkaan kieli|äidinkieli|kieli|kontaktspråk|modersmål|språk|language'],
	['channel', 'yhteydenottotapa|yhteydenottokanava|kanava|tapa|kontaktsätt|kanal|channel|contact type'],
	['topics', 'kysytty asia|asiat|asia|aihe|aiheet|ärende|ärenden|topic|topics|subject|matter'],
	['actions', 'mitä tehtiin|toimenpide|toimenpiteet|åtgärd|åtgärder|action|actions'],
	['referrals', 'ohjaus eteenpäin|ohjattu|yhteistyötaho|yhteistyö|ohjaus|hänvisning|hänvisad|samarbete|referral|referred to|cooperation'], // prettier-ignore
	['duration', 'kesto|längd|varaktighet|duration|minutes'],
	['count', 'lukumäärä|määrä|lkm|kpl|yhteydenottoja|käyntejä|antal|count|number of contacts|contacts|visits'],
	['date', 'päivämäärä|pvm|päivä|aikaleima|datum|dag|date|day'],
	['time', 'kellonaika|klo|aika|klockslag|tid|time'],
	['place', 'neuvontapiste|toimipiste|paikka|paikkakunta|kunta|rådgivningspunkt|plats|ort|kommun|advice point|desk|place|municipality'], // prettier-ignore
	['note', 'lisätiedot|muistiinpano|huomautus|huom|anteckning|anmärkning|note|notes|comment|remarks']
];

const entries = words.flatMap(([field, list]) =>
	list.split('|').map((word) => ({ field, word: fold(word) }))
);

/** What a column seems to mean by its name; undefined where no word of it is known. A note is never proposed. */
export function fieldNamed(name: string): RegisterField | undefined {
	const said = fold(name);
	const exact = entries.find(({ word }) => word === said);
	const found = exact ?? entries.find(({ word }) => word.length > 3 && said.startsWith(word));
	return found?.field === 'note' ? undefined : found?.field;
}
