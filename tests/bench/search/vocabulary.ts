import type { Municipality } from '../../../src/lib/domain/municipalities.ts';

/** Made-up streets, houses, people and groups in the forms that a Finnish text has them in, some tens of thousands. */

type Random = () => number;
export type Slots = Readonly<Record<string, string>>;

export function pick<T>(random: Random, from: readonly T[]): T {
	return from[Math.floor(random() * from.length)]!;
}

const words = (list: string) => list.split(' ');

const natural = words(
	'Koivu Kuusi Mänty Haapa Leppä Pihlaja Tuomi Kataja Paju Tammi Vaahtera Saarni Lehmus Kanerva Mustikka Puolukka Karpalo Hilla Joutsen Kurki Kotka Haukka Pöllö Tiira Lokki Sorsa Pääsky Varis Hauki Ahven Lohi Siika Karhu Susi Kettu Ilves Hirvi Poro Jänis Orava Mäyrä Kivi Hiekka Savi Pelto Metsä Korpi Suvi Talvi Kevät Syys Ruis Kaura Ohra Pellava Humala Niitty Heinä Mylly Saha Tiili Kello Kulta Hopea Rauta Veräjä Riihi Aitta Tervas Honka'
);
const landGenitives = words(
	'niemen mäen rannan lahden kosken joen saaren harjun kallion suon kankaan järven notkon aron vuoren laakson'
);
const streets: readonly (readonly [name: string, on: string])[] = [
	['tie', 'tiellä'],
	['katu', 'kadulla'],
	['kuja', 'kujalla'],
	['polku', 'polulla'],
	['raitti', 'raitilla'],
	['rinne', 'rinteellä'],
	['kaari', 'kaarella'],
	['piha', 'pihalla']
];
const houses: readonly (readonly [name: string, of: string, inside: string])[] = [
	['talo', 'talon', 'talossa'],
	['tupa', 'tuvan', 'tuvassa'],
	['keskus', 'keskuksen', 'keskuksessa'],
	['halli', 'hallin', 'hallissa'],
	['pirtti', 'pirtin', 'pirtissä'],
	['kartano', 'kartanon', 'kartanossa'],
	['maja', 'majan', 'majassa'],
	['torppa', 'torpan', 'torpassa']
];
const subjects = words(
	'perhe nuoriso kieli liikunta terveys koti luonto taide musiikki käsityö keskustelu ruoka puutarha retki luku tanssi kuoro peli tieto media valokuva elokuva teatteri historia kylä naapuri vapaaehtois vertais eläke lapsi vauva äiti isä opiskelu työnhaku yrittäjä digi raha asumis rentoutus'
);
const gatherings: readonly (readonly [name: string, of: string, from: string])[] = [
	['ryhmä', 'ryhmän', 'ryhmästä'],
	['kerho', 'kerhon', 'kerhosta'],
	['paja', 'pajan', 'pajasta'],
	['piiri', 'piirin', 'piiristä'],
	['kahvila', 'kahvilan', 'kahvilasta'],
	['kurssi', 'kurssin', 'kurssista'],
	['hetki', 'hetken', 'hetkestä'],
	['rinki', 'ringin', 'ringistä']
];
const surnames = words(
	'Virtanen Korhonen Nieminen Mäkinen Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Saarinen Salminen Heinonen Niemelä Rantanen Mattila Koskela Hiltunen Miettinen Pitkänen Savolainen Karjalainen Leppänen Ahonen Ojala Kallio Hakala Laitinen Tuominen Rautio Kettunen Aaltonen Lappalainen Väisänen Toivonen Kokkonen Peltola Anttila Hirvonen Turunen Partanen Vesala Mustonen Hyvönen Nurmela Seppälä Lahtela Kivelä Suomela Rinne'
);
const swedishNatural = words(
	'Björk Gran Tall Asp Al Rönn Hägg Ek Lönn Lind Ljung Blåbärs Lingon Svan Trast Örn Hök Uggle Mås Svale Gädd Abborr Lax Björn Varg Räv Lo Älg Ren Ekorr Sten Sand Ler Åker Skogs Vår Höst Vinter Råg Havre Korn Lin Kvarn Såg Tegel Klock Guld Silver Järn'
);
const swedishLand = words('näs bergs strands viks fors ås holms mo sjö dals udds backa');
const swedishSubjects = words(
	'familje ungdoms språk motions hälso hem natur konst musik hantverks samtals mat trädgårds utfärds läs dans kör spel medie foto film teater historie by grann pensionärs baby mamma pappa studie jobb företagar digi'
);
const englishSubjects = words(
	'family youth language exercise health home nature art music craft discussion cooking garden hiking reading dance choir games media photography film theatre history village neighbour parents baby study job-search enterprise digital knitting running chess cycling'
);
const russianSubjects = words(
	'Семья Молодость Язык Здоровье Природа Музыка Рукоделие Беседа Кухня Сад Поход Чтение Танец Хор Игра Фото Кино Театр История Деревня Сосед Малыш Учёба Работа Шахматы Бег Радуга Берёза Маяк Очаг Мост Весна'
);

/** Genitives that the endings below do not give. */
const genitives: Readonly<Record<string, string>> = {
	Helsinki: 'Helsingin',
	Turku: 'Turun',
	Loppi: 'Lopin',
	Kauniainen: 'Kauniaisten',
	Parainen: 'Paraisten',
	Uusikaarlepyy: 'Uudenkaarlepyyn',
	Uusikaupunki: 'Uudenkaupungin',
	Kurikka: 'Kurikan',
	Luoto: 'Luodon',
	Hanko: 'Hangon',
	Lieto: 'Liedon',
	Puolanka: 'Puolangan',
	Raahe: 'Raahen',
	Virrat: 'Virtain'
};
const genitiveEndings: readonly (readonly [ending: string, genitive: string])[] = [
	['vesi', 'veden'],
	['joki', 'joen'],
	['järvi', 'järven'],
	['lahti', 'lahden'],
	['niemi', 'niemen'],
	['mäki', 'mäen'],
	['koski', 'kosken'],
	['saari', 'saaren'],
	['salmi', 'salmen'],
	['lampi', 'lammen'],
	['ranta', 'rannan'],
	['pelto', 'pellon'],
	['kangas', 'kankaan'],
	['suomi', 'suomen'],
	['nen', 'sen'],
	['us', 'uksen'],
	['ee', 'een'],
	['e', 'een']
];

/** The Finnish genitive of a municipality or a surname, near enough for a text to search in. */
export function genitive(name: string): string {
	const known = genitives[name];
	if (known) return known;
	for (const [ending, replaced] of genitiveEndings)
		if (name.toLowerCase().endsWith(ending)) return name.slice(0, -ending.length) + replaced;
	return /[aeiouyåäö]$/.test(name) ? `${name}n` : `${name}in`;
}

// prettier-ignore
const cyrillic: Readonly<Record<string, string>> = {
	a: 'а', b: 'б', c: 'к', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'й', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о', p: 'п',
	q: 'к', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в', x: 'кс', y: 'ю', z: 'ц', å: 'о', ä: 'я', ö: 'ё'
};

/** Finnish names in Cyrillic letters, one by one. */
function inCyrillic(name: string): string {
	return name.replace(/\p{L}/gu, (letter) => {
		const found = cyrillic[letter.toLowerCase()] ?? letter;
		return letter === letter.toLowerCase() ? found : found.charAt(0).toUpperCase() + found.slice(1);
	});
}

/** What the slots of the sentences hold, drawn anew for every sentence. */
export function drawSlots(random: Random, language: string, place: Municipality, surname: string): Slots {
	const land = pick(random, natural) + pick(random, landGenitives);
	const [street, on] = pick(random, streets);
	const [house, houseOf, inside] = pick(random, houses);
	const common = { no: String(1 + Math.floor(random() * 120)), hour: String(7 + Math.floor(random() * 5)) };
	if (language === 'fi') {
		const first = pick(random, subjects);
		const second = pick(random, subjects);
		const about = first === second ? first : first + second;
		const [group, groupOf, groupFrom] = pick(random, gatherings);
		return {
			...common,
			street: land + street,
			streetOn: land + on,
			building: land + house,
			buildingOf: land + houseOf,
			buildingIn: land + inside,
			group: about + group,
			groupOf: about + groupOf,
			groupFrom: about + groupFrom,
			surname,
			surnameOf: genitive(surname),
			placeOf: genitive(place.fi)
		};
	}
	if (language === 'sv') {
		const swedish = pick(random, swedishNatural) + pick(random, swedishLand);
		return {
			...common,
			street: swedish + pick(random, ['vägen', 'gatan', 'gränden', 'stigen']),
			building: swedish + pick(random, ['gården', 'huset', 'salen', 'stugan']),
			group: pick(random, swedishSubjects) + pick(random, ['gruppen', 'klubben', 'kaféet', 'cirkeln']),
			surname,
			place: place.sv
		};
	}
	if (language === 'en') {
		const group = `the ${pick(random, englishSubjects)} ${pick(random, ['group', 'club', 'circle', 'workshop'])}`;
		return { ...common, street: land + street, building: land + house, group, surname, place: place.fi };
	}
	return {
		...common,
		street: inCyrillic(land + street),
		building: `«${inCyrillic(land + house)}»`,
		group: `${pick(random, ['клуб', 'кружок'])} «${pick(random, russianSubjects)}»`,
		surname: inCyrillic(surname),
		place: `муниципалитета ${inCyrillic(place.fi)}`
	};
}

/** A surname, every third time a double one. */
export function drawSurname(random: Random): string {
	const one = pick(random, surnames);
	const other = pick(random, surnames);
	return random() < 0.33 && one !== other ? `${one}-${other}` : one;
}
