import { lookup } from '#lib/directory/fallback.ts';
import { direction } from '#lib/domain/languages.ts';

/**
 * The few fixed words on what a client takes along, in the base languages. Finnish, Swedish and English are written by hand, the others are
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
		uk: 'Консультація'
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
		uk: 'Машинний переклад. Текст ніхто не перевіряв.'
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
		uk: 'Цього тексту немає українською.'
	},
	/** Heads the slip. */
	showThis: {
		fi: 'Kun menet paikalle, näytä tämä.',
		sv: 'Visa det här när du kommer dit.',
		en: 'When you go there, show this.',
		ru: 'Когда придёте туда, покажите это.',
		et: 'Kui sa sinna lähed, näita seda.',
		fr: 'Quand vous y allez, montrez ceci.',
		es: 'Cuando vaya allí, muestre esto.',
		ar: 'عندما تذهب إلى هناك، أظهر هذه الورقة.',
		so: 'Marka aad tagto halkaas, tus tan.',
		fa: 'وقتی به آنجا می‌روید، این را نشان دهید.',
		th: 'เมื่อไปถึงที่นั่น ให้แสดงสิ่งนี้',
		zh: '到那里时，请出示此纸条。',
		uk: 'Коли прийдете туди, покажіть це.'
	},
	/** Stands above the time that was booked. */
	appointment: {
		fi: 'Sinulle on varattu aika',
		sv: 'Du har en bokad tid',
		en: 'You have an appointment',
		ru: 'Вам назначено время',
		et: 'Sulle on broneeritud aeg',
		fr: 'Vous avez un rendez-vous',
		es: 'Tiene una cita',
		ar: 'لديك موعد',
		so: 'Ballan ayaad leedahay',
		fa: 'شما یک وقت ملاقات دارید',
		th: 'คุณมีนัด',
		zh: '您已预约',
		uk: 'Вам призначено час'
	},
	/** Stands above the adviser's next times at this place. */
	nextTimes: {
		fi: 'Neuvoja on täällä seuraavan kerran',
		sv: 'Rådgivaren är här nästa gång',
		en: 'The adviser is here next',
		ru: 'Консультант будет здесь в следующий раз',
		et: 'Nõustaja on siin järgmine kord',
		fr: 'Le conseiller est ici la prochaine fois',
		es: 'El asesor estará aquí la próxima vez',
		ar: 'سيكون المستشار هنا في المرة القادمة',
		so: 'La-taliyuhu wuxuu halkan joogi doonaa marka xigta',
		fa: 'دفعهٔ بعد مشاور اینجا است',
		th: 'ที่ปรึกษาจะอยู่ที่นี่ครั้งต่อไป',
		zh: '顾问下次在这里的时间',
		uk: 'Консультант буде тут наступного разу'
	},
	/** Beside the code on the slip. */
	scan: {
		fi: 'Lue koodi puhelimen kameralla.',
		sv: 'Läs koden med telefonens kamera.',
		en: 'Scan the code with your phone’s camera.',
		ru: 'Отсканируйте код камерой телефона.',
		et: 'Loe kood telefoni kaameraga.',
		fr: 'Scannez le code avec l’appareil photo du téléphone.',
		es: 'Escanee el código con la cámara del teléfono.',
		ar: 'امسح الرمز بكاميرا الهاتف.',
		so: 'Koodhka ku akhri kaamirada taleefanka.',
		fa: 'کد را با دوربین تلفن اسکن کنید.',
		th: 'สแกนรหัสด้วยกล้องโทรศัพท์',
		zh: '用手机相机扫描二维码。',
		uk: 'Відскануйте код камерою телефону.'
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
