import { direction } from '#lib/domain/languages.ts';
import { lookup } from '#lib/directory/fallback.ts';

/**
 * The few fixed words of the client's view itself, in the base languages. Finnish, Swedish and English are written by
 * hand, the others are unchecked machine translations: nothing critical may stand here.
 */
const phrases = {
	/** Stands under a text that a machine translated and no person has checked. */
	machine: {
		fi: 'Konekäännös. Kukaan ei ole tarkistanut tekstiä.',
		sv: 'Maskinöversättning. Ingen har kontrollerat texten.',
		en: 'Machine translation. No person has checked this text.',
		ru: 'Машинный перевод. Текст никто не проверял.',
		et: 'Masintõlge. Keegi ei ole teksti kontrollinud.',
		fr: 'Traduction automatique. Personne n’a vérifié ce texte.',
		es: 'Traducción automática. Nadie ha revisado este texto.',
		ar: 'ترجمة آلية. لم يراجع أحد هذا النص.',
		so: 'Turjumaad mashiin. Qofna ma hubin qoraalkan.',
		fa: 'ترجمهٔ ماشینی. کسی این متن را بررسی نکرده است.',
		th: 'แปลด้วยเครื่อง ยังไม่มีใครตรวจข้อความนี้',
		zh: '机器翻译，无人核对。',
		uk: 'Машинний переклад. Текст ніхто не перевіряв.'
	},
	/** Reads the view aloud. */
	listen: {
		fi: 'Kuuntele',
		sv: 'Lyssna',
		en: 'Listen',
		ru: 'Слушать',
		et: 'Kuula',
		fr: 'Écouter',
		es: 'Escuchar',
		ar: 'استمع',
		so: 'Dhageyso',
		fa: 'گوش کنید',
		th: 'ฟัง',
		zh: '听',
		uk: 'Слухати'
	},
	/** Stands above texts in another language where the card has none in the client's. */
	missing: {
		fi: 'Tätä tekstiä ei ole suomeksi.',
		sv: 'Texten finns inte på svenska.',
		en: 'This text is not available in English.',
		ru: 'Этого текста нет на русском языке.',
		et: 'Seda teksti ei ole eesti keeles.',
		fr: 'Ce texte n’existe pas en français.',
		es: 'Este texto no está en español.',
		ar: 'هذا النص غير متوفر باللغة العربية.',
		so: 'Qoraalkan af Soomaali kuma qorna.',
		fa: 'این متن به فارسی موجود نیست.',
		th: 'ไม่มีข้อความนี้เป็นภาษาไทย',
		zh: '没有中文文本。',
		uk: 'Цього тексту немає українською.'
	}
} as const;

export type PhraseId = keyof typeof phrases;

export interface Phrase {
	text: string;
	language: string;
	dir: 'ltr' | 'rtl';
}

/** A phrase in the client's language; undefined in languages that have none: a pictogram says enough there. */
export function clientPhrase(id: PhraseId, wanted: string): Phrase | undefined {
	const texts: Readonly<Record<string, string>> = phrases[id];
	const language = lookup(Object.keys(texts), wanted);
	const text = language === undefined ? undefined : texts[language];
	return language === undefined || text === undefined
		? undefined
		: { text, language, dir: direction(language) };
}
