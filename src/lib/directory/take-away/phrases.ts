import { lookup } from '#lib/directory/fallback.ts';
import { direction } from '#lib/domain/languages.ts';

/**
 * The few fixed words of messages, contacts and public pages, in the base languages and those of the packs; a slip has its own from
 * `phrases/`, where people approve them. Finnish, Swedish and English are written by hand, the others are
 * unchecked machine translations: nothing critical may stand here.
 */
const phrases = {
	/** The title of what is sensitive: it gives nothing away. */
	advice: {
		fi: 'Neuvonta',
		sv: 'Rådgivning',
		en: 'Advice',
		ru: 'Консультация',
		et: 'Nõustamine',
		fr: 'Conseil',
		es: 'Asesoramiento',
		ar: 'استشارة',
		so: 'Talo',
		fa: 'مشاوره',
		th: 'คำปรึกษา',
		zh: '咨询',
		uk: 'Консультація',
		tr: 'Danışma',
		ckb: 'ڕاوێژ',
		ku: 'Şêwirmendî',
		vi: 'Tư vấn',
		sq: 'Këshillim',
		prs: 'مشوره',
		ps: 'مشوره',
		ti: 'ምኽሪ',
		am: 'ምክር'
	},
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
		uk: 'Машинний переклад. Текст ніхто не перевіряв.',
		tr: 'Makine çevirisi. Bu metni kimse kontrol etmedi.',
		ckb: 'وەرگێڕانی ئامێر. کەس ئەم نووسینەی نەپشکنیوە.',
		ku: 'Wergera makîneyê. Kesî ev nivîs kontrol nekiriye.',
		vi: 'Bản dịch máy. Chưa có ai kiểm tra.',
		sq: 'Përkthim me makinë. Askush nuk e ka kontrolluar tekstin.',
		prs: 'ترجمهٔ ماشینی. هیچ‌کس این متن را بررسی نکرده است.',
		ps: 'ماشیني ژباړه. هیچا دا متن نه دی کتلی.',
		ti: 'ናይ ማሽን ትርጉም። ነዚ ጽሑፍ ዝመርመሮ ሰብ የለን።',
		am: 'የማሽን ትርጉም። ይህን ጽሑፍ ማንም አላረጋገጠም።'
	},
	/** Stands above texts in another language where the card has none in the client's. */
	untranslated: {
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
		uk: 'Цього тексту немає українською.',
		tr: 'Bu metin Türkçe yok.',
		ckb: 'ئەم نووسینە بە سۆرانی نییە.',
		ku: 'Ev nivîs bi kurmancî tune ye.',
		vi: 'Không có đoạn này bằng tiếng Việt.',
		sq: 'Ky tekst nuk është në shqip.',
		prs: 'این متن به دری نیست.',
		ps: 'دا متن په پښتو نشته.',
		ti: 'እዚ ጽሑፍ ብትግርኛ የለን።',
		am: 'ይህ ጽሑፍ በአማርኛ የለም።'
	}
} as const;

export interface TakeAwayPhrase {
	text: string;
	/** BCP 47 tag of the text, for its `lang`. */
	language: string;
	dir: 'ltr' | 'rtl';
}

/** A phrase in the client's language, in English where there is none. */
export function takeAwayPhrase(id: keyof typeof phrases, wanted: string): TakeAwayPhrase {
	const texts: Readonly<Record<string, string>> = phrases[id];
	const language = lookup(Object.keys(texts), wanted) ?? 'en';
	return { text: texts[language] ?? phrases[id].en, language, dir: direction(language) };
}
