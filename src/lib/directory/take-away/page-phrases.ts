import { lookup } from '#lib/directory/fallback.ts';
import { baseLanguages, direction, packLanguages } from '#lib/domain/languages.ts';
import type { TakeAwayPhrase } from './phrases.ts';

/** Order of the words below. */
const ORDER: readonly string[] = [...baseLanguages, ...packLanguages];

/** Written by people. */
const WRITTEN = ['fi', 'sv', 'en'];

/**
 * Labels of a public page in the base languages and those of the packs, in the order above. Finnish, Swedish and English are written by hand, the others are unchecked
 * machine translations: nothing critical may stand here.
 */
// prettier-ignore
const phrases = {
	hours: 'Aukioloajat|Öppettider|Opening hours|Часы работы|Lahtiolekuajad|Horaires|Horario|ساعات العمل|Saacadaha furan|ساعات کار|เวลาทำการ|开放时间|Години роботи|Açılış saatleri|کاتەکانی کردنەوە|Saetên vekirinê|Giờ mở cửa|Orari|ساعات کار|د کار ساعتونه|ክፉት ሰዓታት|የሥራ ሰዓታት',
	closed: 'suljettu|stängt|closed|закрыто|suletud|fermé|cerrado|مغلق|xiran|تعطیل|ปิด|关闭|зачинено|kapalı|داخراوە|girtî|đóng cửa|mbyllur|بسته|تړلی|ዕጹው|ዝግ',
	allDay: 'ympäri vuorokauden|dygnet runt|24 hours|круглосуточно|ööpäev läbi|24 h sur 24|24 horas|على مدار الساعة|24 saac|شبانه‌روزی|ตลอด 24 ชั่วโมง|全天|цілодобово|24 saat|بە درێژایی شەو و ڕۆژ|24 saet|24 giờ|24 orë|شبانه‌روزی|شپه او ورځ|ለይትን መዓልትን|ሌትና ቀን',
	holiday: 'pyhäpäivä: ajat voivat olla muut|helgdag: tiderna kan vara andra|public holiday: hours may differ|праздничный день: часы могут быть другими|riigipüha: ajad võivad olla teised|jour férié : les horaires peuvent changer|día festivo: el horario puede cambiar|عطلة رسمية: قد تختلف الساعات|maalin fasax ah: saacaduhu way ka duwanaan karaan|تعطیل رسمی: ساعت‌ها ممکن است فرق کند|วันหยุดราชการ: เวลาอาจต่างไป|公共假日：时间可能不同|святковий день: години можуть бути іншими|resmî tatil: saatler farklı olabilir|پشووی فەرمی: لەوانەیە کاتەکان جیاواز بن|betlaneya fermî: dibe ku saet cuda bin|ngày nghỉ lễ: giờ có thể khác|festë zyrtare: orari mund të ndryshojë|رخصتی عمومی: ساعت‌ها ممکن است فرق کند|عمومي رخصتي: ساعتونه ښايي توپير ولري|በዓል፦ ሰዓታት ክፍለ ይኽእል|የሕዝብ በዓል፦ ሰዓቶች ሊለያዩ ይችላሉ',
	phone: 'Puhelin|Telefon|Phone|Телефон|Telefon|Téléphone|Teléfono|الهاتف|Taleefan|تلفن|โทรศัพท์|电话|Телефон|Telefon|تەلەفۆن|Telefon|Điện thoại|Telefoni|تلیفون|ټیلیفون|ተለፎን|ስልክ',
	address: 'Osoite|Adress|Address|Адрес|Aadress|Adresse|Dirección|العنوان|Cinwaan|نشانی|ที่อยู่|地址|Адреса|Adres|ناونیشان|Navnîşan|Địa chỉ|Adresa|آدرس|پته|ኣድራሻ|አድራሻ',
	bring: 'Ota mukaan|Ta med|Bring with you|Возьмите с собой|Võta kaasa|À apporter|Lleve consigo|أحضر معك|Soo qaado|همراه بیاورید|สิ่งที่ต้องนำมา|请携带|Візьміть із собою|Yanınızda getirin|لەگەڵ خۆت بیهێنە|Bi xwe re bîne|Mang theo|Merrni me vete|با خود بیاورید|له ځان سره راوړئ|ሒዝኩም ምጹ|ይዘው ይምጡ',
	fees: 'Hinta|Pris|Cost|Стоимость|Hind|Prix|Precio|التكلفة|Qiimaha|هزینه|ค่าใช้จ่าย|费用|Вартість|Ücret|نرخ|Biha|Chi phí|Çmimi|قیمت|بیه|ዋጋ|ዋጋ',
	eligibility: 'Kenelle|För vem|For whom|Для кого|Kellele|Pour qui|Para quién|لمن هذه الخدمة|Yaa loogu talagalay|برای چه کسانی|สำหรับใคร|适用对象|Для кого|Kimler için|بۆ کێیە|Ji bo kê|Dành cho ai|Për kë|برای چه کسانی|د چا لپاره|ንመን|ለማን',
	apply: 'Näin saat palvelun|Så får du tjänsten|How to get the service|Как получить услугу|Kuidas teenust saada|Comment obtenir le service|Cómo obtener el servicio|كيفية الحصول على الخدمة|Sida loo helo adeegga|چگونه این خدمت را دریافت کنید|วิธีรับบริการ|如何获得服务|Як отримати послугу|Hizmeti nasıl alırsınız|چۆن خزمەتگوزارییەکە وەربگریت|Çawa xizmetê werdigirî|Cách nhận dịch vụ|Si ta merrni shërbimin|چطور این خدمت را دریافت کنید|خدمت څنګه ترلاسه کړئ|ኣገልግሎት ብኸመይ ትረኽቡ|አገልግሎቱን እንዴት እንደሚያገኙ',
	provider: 'Palvelun antaa|Tjänsten ges av|The service is given by|Кто оказывает услугу|Teenust osutab|Le service est assuré par|Quién presta el servicio|مقدم الخدمة|Adeegga waxaa bixiya|ارائه‌دهندهٔ خدمت|ผู้ให้บริการ|服务提供者|Хто надає послугу|Hizmeti veren|پێشکەشکاری خزمەتگوزاری|Xizmetê dide|Nơi cung cấp dịch vụ|Shërbimin e jep|ارائه‌کنندهٔ خدمت|د خدمت وړاندې کوونکی|ኣገልግሎት ዝህብ|አገልግሎቱን የሚሰጠው',
	languages: 'Palvelukielet|Servicespråk|Languages of service|Языки обслуживания|Teeninduskeeled|Langues du service|Idiomas del servicio|لغات الخدمة|Luqadaha adeegga|زبان‌های خدمت|ภาษาที่ให้บริการ|服务语言|Мови обслуговування|Hizmet dilleri|زمانەکانی خزمەتگوزاری|Zimanên xizmetê|Ngôn ngữ phục vụ|Gjuhët e shërbimit|زبان‌های خدمت|د خدمت ژبې|ቋንቋታት ኣገልግሎት|የአገልግሎት ቋንቋዎች',
	places: 'Paikat|Platser|Places|Места|Kohad|Lieux|Lugares|الأماكن|Goobaha|مکان‌ها|สถานที่|地点|Місця|Yerler|شوێنەکان|Cih|Địa điểm|Vendet|جای‌ها|ځایونه|ቦታታት|ቦታዎች',
	website: 'Verkkosivut|Webbplats|Website|Сайт|Veebileht|Site web|Sitio web|الموقع الإلكتروني|Bogga internetka|وب‌سایت|เว็บไซต์|网站|Вебсайт|Web sitesi|ماڵپەڕ|Malper|Trang web|Faqja e internetit|ویب‌سایت|ویب‌پاڼه|መርበብ ሓበሬታ|ድረ ገጽ',
	source: 'Lähde|Källa|Source|Источник|Allikas|Source|Fuente|المصدر|Isha|منبع|แหล่งข้อมูล|来源|Джерело|Kaynak|سەرچاوە|Çavkanî|Nguồn|Burimi|منبع|سرچینه|ምንጪ|ምንጭ',
	checked: 'Tarkistettu|Kontrollerad|Checked|Проверено|Kontrollitud|Vérifié|Comprobado|تم التحقق|La hubiyay|بررسی‌شده|ตรวจสอบแล้ว|已核对|Перевірено|Kontrol edildi|پشکنراوە|Hat kontrolkirin|Đã kiểm tra|Kontrolluar|بررسی شده|کتل شوی|ተረጋጊጹ|ተረጋግጧል',
	unchecked: 'Kukaan ei ole vielä tarkistanut näitä tietoja.|Ingen har ännu kontrollerat uppgifterna.|No one has checked this information yet.|Эти сведения ещё никто не проверял.|Keegi ei ole neid andmeid veel kontrollinud.|Personne n’a encore vérifié ces informations.|Nadie ha comprobado aún estos datos.|لم يتحقق أحد من هذه المعلومات بعد.|Cidina weli ma hubin xogtan.|هنوز کسی این اطلاعات را بررسی نکرده است.|ยังไม่มีใครตรวจสอบข้อมูลนี้|这些信息尚无人核对。|Ці відомості ще ніхто не перевіряв.|Bu bilgileri henüz kimse kontrol etmedi.|هێشتا کەس ئەم زانیارییانەی نەپشکنیوە.|Hê kesî ev agahî kontrol nekirine.|Chưa có ai kiểm tra thông tin này.|Askush nuk i ka kontrolluar ende këto të dhëna.|تا هنوز کسی این معلومات را بررسی نکرده است.|تر اوسه چا دا معلومات نه دي کتلي.|ነዚ ሓበሬታ ክሳብ ሕጂ ማንም ኣየረጋገጾን።|ይህን መረጃ እስካሁን ማንም አላረጋገጠም።',
	otherLanguages: 'Muut kielet|Andra språk|Other languages|Другие языки|Teised keeled|Autres langues|Otros idiomas|لغات أخرى|Luqado kale|زبان‌های دیگر|ภาษาอื่น|其他语言|Інші мови|Diğer diller|زمانەکانی تر|Zimanên din|Ngôn ngữ khác|Gjuhë të tjera|زبان‌های دیگر|نورې ژبې|ካልኦት ቋንቋታት|ሌሎች ቋንቋዎች',
	leave: 'Poistu nopeasti|Lämna sidan snabbt|Leave this page|Быстро покинуть страницу|Lahku kiiresti|Quitter cette page|Salir de esta página|اخرج من هذه الصفحة|Ka bax boggan|خروج سریع از این صفحه|ออกจากหน้านี้|离开此页|Швидко залишити сторінку|Bu sayfadan hızla çık|بە خێرایی لەم پەڕەیە دەربچۆ|Zû ji vê rûpelê derkeve|Rời trang này nhanh|Dilni shpejt nga kjo faqe|زود از این صفحه خارج شوید|ژر له دې پاڼې ووځئ|ካብዚ ገጽ ቀልጢፍኩም ውጹ|ከዚህ ገጽ በፍጥነት ይውጡ',
	unavailable: 'Tätä palvelua ei ole nyt saatavilla|Tjänsten är inte tillgänglig nu|This service is not available now|Сейчас эта услуга недоступна|See teenus ei ole praegu saadaval|Ce service n’est pas disponible actuellement|Este servicio no está disponible ahora|هذه الخدمة غير متوفرة الآن|Adeeggan hadda lama heli karo|این خدمت اکنون در دسترس نیست|ขณะนี้ไม่มีบริการนี้|此服务目前不可用|Ця послуга зараз недоступна|Bu hizmet şu anda verilmiyor|ئەم خزمەتگوزارییە ئێستا بەردەست نییە|Ev xizmet niha tune ye|Dịch vụ này hiện không có|Ky shërbim nuk ofrohet tani|این خدمت حالا موجود نیست|دا خدمت اوس نشته|እዚ ኣገልግሎት ሕጂ የለን|ይህ አገልግሎት አሁን የለም',
	missing: 'Sivua ei ole|Sidan finns inte|This page does not exist|Такой страницы нет|Seda lehte ei ole|Cette page n’existe pas|Esta página no existe|هذه الصفحة غير موجودة|Boggan ma jiro|این صفحه وجود ندارد|ไม่มีหน้านี้|此页面不存在|Такої сторінки немає|Böyle bir sayfa yok|ئەم پەڕەیە نییە|Ev rûpel tune ye|Trang này không tồn tại|Kjo faqe nuk ekziston|این صفحه موجود نیست|دا پاڼه نشته|እዚ ገጽ የለን|ይህ ገጽ የለም',
	ask: 'Kysy neuvojalta.|Fråga rådgivaren.|Ask the adviser.|Спросите консультанта.|Küsi nõustajalt.|Demandez au conseiller.|Pregunte al asesor.|اسأل المستشار.|Weydii la-taliyaha.|از مشاور بپرسید.|โปรดถามที่ปรึกษา|请询问顾问。|Запитайте консультанта.|Danışmana sorun.|لە ڕاوێژکار بپرسە.|Ji şêwirmend bipirse.|Hãy hỏi người tư vấn.|Pyesni këshilltarin.|از مشاور بپرسید.|له سلاکار څخه وپوښتئ.|ንኣማኻሪ ሕተቱ።|አማካሪውን ይጠይቁ።',
	labels: 'Sivun otsikot ovat konekäännöksiä.|Sidans rubriker är maskinöversatta.|The headings of this page are machine translations.|Заголовки этой страницы переведены машиной.|Lehe pealkirjad on masintõlked.|Les titres de cette page sont traduits automatiquement.|Los títulos de esta página son traducciones automáticas.|عناوين هذه الصفحة مترجمة آليًا.|Cinwaannada boggan waa turjumaad mashiin.|عنوان‌های این صفحه ترجمهٔ ماشینی است.|หัวข้อในหน้านี้แปลด้วยเครื่อง|本页标题为机器翻译。|Заголовки цієї сторінки перекладено машиною.|Bu sayfanın başlıkları makine çevirisidir.|سەردێڕەکانی ئەم پەڕەیە وەرگێڕانی ئامێرن.|Sernavên vê rûpelê wergera makîneyê ne.|Các tiêu đề của trang này do máy dịch.|Titujt e kësaj faqeje janë përkthim makine.|عنوان‌های این صفحه ترجمهٔ ماشینی است.|د دې پاڼې سرلیکونه ماشیني ژباړه ده.|ኣርእስታት ናይዚ ገጽ ብማሽን ዝተተርጎሙ እዮም።|የዚህ ገጽ ርዕሶች በማሽን የተተረጎሙ ናቸው።',
	notice: 'Tiedote|Meddelande|Notice|Объявление|Teade|Avis|Aviso|إعلان|Ogeysiis|اطلاعیه|ประกาศ|通知|Оголошення|Duyuru|ئاگاداری|Agahdarî|Thông báo|Njoftim|اطلاعیه|خبرتیا|መፍለጢ|ማስታወቂያ',
	demo: 'Esittely: tämä sivu on esimerkki.|Demonstration: sidan är ett exempel.|Demonstration: this page is an example.|Демонстрация: это пример страницы.|Esitlus: see leht on näide.|Démonstration : cette page est un exemple.|Demostración: esta página es un ejemplo.|عرض توضيحي: هذه الصفحة مثال.|Tusaale: boggan waa tijaabo.|نمایشی: این صفحه یک نمونه است.|ตัวอย่าง: หน้านี้เป็นตัวอย่าง|演示：此页面为示例。|Демонстрація: це приклад сторінки.|Tanıtım: bu sayfa bir örnektir.|نمایش: ئەم پەڕەیە نموونەیە.|Nîşandan: ev rûpel mînakek e.|Minh họa: trang này là ví dụ.|Demonstrim: kjo faqe është shembull.|نمایشی: این صفحه یک نمونه است.|ننداره: دا پاڼه یوه بېلګه ده.|መርኣዪ፦ እዚ ገጽ ኣብነት እዩ።|ማሳያ፦ ይህ ገጽ ምሳሌ ነው።'
} as const;

export type PagePhrase = keyof typeof phrases;

/** Every phrase in every language, for the test that none is missing. */
export const pagePhrases: readonly [PagePhrase, string[]][] = Object.entries(phrases).map(([id, words]) => [
	id as PagePhrase,
	words.split('|')
]);

/** Whether the labels that a reader of `wanted` gets are a machine's. */
export const labelsByMachine = (wanted: string): boolean =>
	!WRITTEN.includes(pagePhrase('labels', wanted).language);

/** A label in the reader's language, in English where there is none. */
export function pagePhrase(id: PagePhrase, wanted: string): TakeAwayPhrase {
	const language = lookup(ORDER, wanted) ?? 'en';
	const text = phrases[id].split('|')[ORDER.indexOf(language)] ?? '';
	return { text, language, dir: direction(language) };
}
