import { lookup } from '#lib/directory/fallback.ts';
import { direction } from '#lib/domain/languages.ts';
import type { TakeAwayPhrase } from './phrases.ts';

/** Order of the words below. */
const ORDER = ['fi', 'sv', 'en', 'ru', 'et', 'fr', 'es', 'ar', 'so', 'fa', 'th', 'zh', 'uk'];

/**
 * Labels of a public page in the base languages, in the order above. Finnish, Swedish and English are written by hand, the others are unchecked
 * machine translations: nothing critical may stand here.
 */
// prettier-ignore
const phrases = {
	hours: 'Aukioloajat|Öppettider|Opening hours|Часы работы|Lahtiolekuajad|Horaires|Horario|ساعات العمل|Saacadaha furan|ساعات کار|เวลาทำการ|开放时间|Години роботи',
	closed: 'suljettu|stängt|closed|закрыто|suletud|fermé|cerrado|مغلق|xiran|تعطیل|ปิด|关闭|зачинено',
	allDay: 'ympäri vuorokauden|dygnet runt|24 hours|круглосуточно|ööpäev läbi|24 h sur 24|24 horas|على مدار الساعة|24 saac|شبانه‌روزی|ตลอด 24 ชั่วโมง|全天|цілодобово',
	phone: 'Puhelin|Telefon|Phone|Телефон|Telefon|Téléphone|Teléfono|الهاتف|Taleefan|تلفن|โทรศัพท์|电话|Телефон',
	address: 'Osoite|Adress|Address|Адрес|Aadress|Adresse|Dirección|العنوان|Cinwaan|نشانی|ที่อยู่|地址|Адреса',
	bring: 'Ota mukaan|Ta med|Bring with you|Возьмите с собой|Võta kaasa|À apporter|Lleve consigo|أحضر معك|Soo qaado|همراه بیاورید|สิ่งที่ต้องนำมา|请携带|Візьміть із собою',
	fees: 'Hinta|Pris|Cost|Стоимость|Hind|Prix|Precio|التكلفة|Qiimaha|هزینه|ค่าใช้จ่าย|费用|Вартість',
	eligibility: 'Kenelle|För vem|For whom|Для кого|Kellele|Pour qui|Para quién|لمن هذه الخدمة|Yaa loogu talagalay|برای چه کسانی|สำหรับใคร|适用对象|Для кого',
	apply: 'Näin saat palvelun|Så får du tjänsten|How to get the service|Как получить услугу|Kuidas teenust saada|Comment obtenir le service|Cómo obtener el servicio|كيفية الحصول على الخدمة|Sida loo helo adeegga|چگونه این خدمت را دریافت کنید|วิธีรับบริการ|如何获得服务|Як отримати послугу',
	provider: 'Palvelun antaa|Tjänsten ges av|The service is given by|Кто оказывает услугу|Teenust osutab|Le service est assuré par|Quién presta el servicio|مقدم الخدمة|Adeegga waxaa bixiya|ارائه‌دهندهٔ خدمت|ผู้ให้บริการ|服务提供者|Хто надає послугу',
	languages: 'Palvelukielet|Servicespråk|Languages of service|Языки обслуживания|Teeninduskeeled|Langues du service|Idiomas del servicio|لغات الخدمة|Luqadaha adeegga|زبان‌های خدمت|ภาษาที่ให้บริการ|服务语言|Мови обслуговування',
	places: 'Paikat|Platser|Places|Места|Kohad|Lieux|Lugares|الأماكن|Goobaha|مکان‌ها|สถานที่|地点|Місця',
	website: 'Verkkosivut|Webbplats|Website|Сайт|Veebileht|Site web|Sitio web|الموقع الإلكتروني|Bogga internetka|وب‌سایت|เว็บไซต์|网站|Вебсайт',
	source: 'Lähde|Källa|Source|Источник|Allikas|Source|Fuente|المصدر|Isha|منبع|แหล่งข้อมูล|来源|Джерело',
	checked: 'Tarkistettu|Kontrollerad|Checked|Проверено|Kontrollitud|Vérifié|Comprobado|تم التحقق|La hubiyay|بررسی‌شده|ตรวจสอบแล้ว|已核对|Перевірено',
	unchecked: 'Kukaan ei ole vielä tarkistanut näitä tietoja.|Ingen har ännu kontrollerat uppgifterna.|No one has checked this information yet.|Эти сведения ещё никто не проверял.|Keegi ei ole neid andmeid veel kontrollinud.|Personne n’a encore vérifié ces informations.|Nadie ha comprobado aún estos datos.|لم يتحقق أحد من هذه المعلومات بعد.|Cidina weli ma hubin xogtan.|هنوز کسی این اطلاعات را بررسی نکرده است.|ยังไม่มีใครตรวจสอบข้อมูลนี้|这些信息尚无人核对。|Ці відомості ще ніхто не перевіряв.',
	otherLanguages: 'Muut kielet|Andra språk|Other languages|Другие языки|Teised keeled|Autres langues|Otros idiomas|لغات أخرى|Luqado kale|زبان‌های دیگر|ภาษาอื่น|其他语言|Інші мови',
	leave: 'Poistu nopeasti|Lämna sidan snabbt|Leave this page|Быстро покинуть страницу|Lahku kiiresti|Quitter cette page|Salir de esta página|اخرج من هذه الصفحة|Ka bax boggan|خروج سریع از این صفحه|ออกจากหน้านี้|离开此页|Швидко залишити сторінку',
	unavailable: 'Tätä palvelua ei ole nyt saatavilla|Tjänsten är inte tillgänglig nu|This service is not available now|Сейчас эта услуга недоступна|See teenus ei ole praegu saadaval|Ce service n’est pas disponible actuellement|Este servicio no está disponible ahora|هذه الخدمة غير متوفرة الآن|Adeeggan hadda lama heli karo|این خدمت اکنون در دسترس نیست|ขณะนี้ไม่มีบริการนี้|此服务目前不可用|Ця послуга зараз недоступна',
	missing: 'Sivua ei ole|Sidan finns inte|This page does not exist|Такой страницы нет|Seda lehte ei ole|Cette page n’existe pas|Esta página no existe|هذه الصفحة غير موجودة|Boggan ma jiro|این صفحه وجود ندارد|ไม่มีหน้านี้|此页面不存在|Такої сторінки немає',
	ask: 'Kysy neuvojalta.|Fråga rådgivaren.|Ask the adviser.|Спросите консультанта.|Küsi nõustajalt.|Demandez au conseiller.|Pregunte al asesor.|اسأل المستشار.|Weydii la-taliyaha.|از مشاور بپرسید.|โปรดถามที่ปรึกษา|请询问顾问。|Запитайте консультанта.',
	demo: 'Esittely: tämä sivu on esimerkki.|Demonstration: sidan är ett exempel.|Demonstration: this page is an example.|Демонстрация: это пример страницы.|Esitlus: see leht on näide.|Démonstration : cette page est un exemple.|Demostración: esta página es un ejemplo.|عرض توضيحي: هذه الصفحة مثال.|Tusaale: boggan waa tijaabo.|نمایشی: این صفحه یک نمونه است.|ตัวอย่าง: หน้านี้เป็นตัวอย่าง|演示：此页面为示例。|Демонстрація: це приклад сторінки.'
} as const;

export type PagePhrase = keyof typeof phrases;

/** Every phrase in every language, for the test that none is missing. */
export const pagePhrases: readonly [PagePhrase, string[]][] = Object.entries(phrases).map(([id, words]) => [
	id as PagePhrase,
	words.split('|')
]);

/** A label in the reader's language, in English where there is none. */
export function pagePhrase(id: PagePhrase, wanted: string): TakeAwayPhrase {
	const language = lookup(ORDER, wanted) ?? 'en';
	const text = phrases[id].split('|')[ORDER.indexOf(language)] ?? '';
	return { text, language, dir: direction(language) };
}
