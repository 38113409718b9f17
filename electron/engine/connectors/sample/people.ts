import type { ChannelId } from './story.ts';

/** Somebody in the invented community. */
export interface Person {
  readonly name: string;
  readonly handle: string;
}

const english = `Mo Tarrant|motarrant
Priya V.|priyawrites
Dag Ellingsæter|dagdraws
June Abernethy-Cole|juneac
tobias (on paper)|tobionpaper
Kit Wrottesley|kitwrott
Ngozi A.|ngoziinks
Lena Sørvik|lenasor
Old Man Ink|oldmanink
Marguerite Tull|mtull
sam, mostly lists|samlists
Bex marks|bexmarks
Farid Nasseri-Holt|faridnh
The Tuesday Pages|tuesdaypages
Ivo Marchetti-Lund|ivoml
Carys P|carysp
deadline dan|deadlinedan
Hollis Graye|hollisgraye
Wen Jiayi|wenwrites
Rosalind Okpara|rokpara
Pip|pipofthepages
Anneke de Wael|annekedw
Juno Baptiste-Reyes|junobr
grumpy archivist|grumparchivist
Teo Lindqvist|teolind
Mabel in the margins|mabelmargins
Oskar T.|oskartee
Nadia Brightwater|nbrightwater
Calum Strath|calumstrath
yes, that Gwen|thatgwen
Ravi S. Pillow|ravispillow
Eleni Kouros-Webb|elenikw
Half A Novel|halfanovel
Jonty Pike|jontypike
Sunniva Aas|sunnivaa
Desmond Achterberg|desmondach
ink & oats|inkandoats
Tamsin Rooke|tamsinrooke
Leroy Fennimore|lfennimore
Aoife Ní Bhrádaigh|aoifepages
Petra Vancura|petravan
Hamish, GP|drhamishnotes
Winnie Osei|winnieosei
bram draws bikes|brambikes
Silke Ottenhof|silkeott
Noor Castellane|noorcast
fieldnotes_ed|fieldnotesed
Beatrix Loomis|bloomis
Kofi Lanternman|kofilant
Ursula Greaves|ugreaves
Matt who teaches|mattteaches
Zofia K.|zofiak
Arlo Penhaligan|arlopen
Quiet Desk|quietdesk
Iris Vandermolen|irisvdm
Gus Thackeray-Moon|gusmoon
linnea eats paper|linneapaper
Dev Patchett|devpatchett
Orla Quickley|orlaq
Stationery Goblin|statgoblin
Cosima Bell|cosimabell
Ruben Halvard|rubenhal
Mina Harrow|minaharrow
Ollie B|ollieb_
Frances Oyelaran|francesoy
kettle first|kettlefirst
Jasper Munnings|jmunnings
Thandi M.|thandim
Vera Loxley|veralox
prof. footnote|proffootnote
Ana-Lucía Brand|analubrand
Wilf Cragg|wilfcragg
Jo from the choir|jochoir
Emrys D.|emrysd
Saskia Plum|saskiaplum
Hideki Moore|hidekimoore
second draft sue|draftsue
Bo Nakamura-Frost|bonfrost
Tilda Marsh|tildamarsh
Ike Rosewall|ikerosewall
Lorna McSkimming|lornamcs
Ben (penultimate)|penultimateben
Ximena Roth|ximenar
Greta Fallow|gretafallow
Percy Idle|percyidle
Maud Kinsella|maudk
the pocket cartographer|pocketcarto
Elif Duran-Shaw|elifds
Niamh Tolliver|niamht
Stellan Brook|stellanb
Abigail Crane-Ito|abicrane
Radek|radekwrites
Hattie Pell|hattiepell
Joss Underwood|jossu
Mirela Fane|mirelafane
Colm the Postie|colmpostie
Yusra H.|yusrah
Everett Lowe|everettlowe
Dot Finlay|dotfinlay
Bartholomew Sand|bartsand`;

const byLanguage: Readonly<Record<string, string>> = {
  en: english,
  es: `Marisol Quiroga|marisolescribe
Nacho de la Tinta|nachotinta
Inés Valdelomar|inesvalde
Rodri apunta|rodriapunta
Paula Cienfuegos Ruiz|paulacienf
El cuaderno de Leo|cuadernoleo
Carmiña Soto|carminasoto`,
  de: `Annika Sollwedel|annikaschreibt
Thilo Brandauer-Voss|thilobv
Frau Federleicht|federleicht
Jörg notiert|joergnotiert
Mareike Tönnsen|mareiket
Bastian Ochsenknecht-Lohr|bastilohr
Papierfuchs|papierfuchs`,
  fr: `Solène Marchepied|solenemarche
Bastien Encrier|bastienencrier
Capucine L.|capucinenote
Le Carnet d'Aristide|carnetaristide
Maëlle Trévidic|maelletrev
Hugo griffonne|hugogriffonne`,
  ja: `みずき@紙と電子|mizuki_kami
ハル|haru_memo
文具沼の住人|bungunuma
たけうち手帳部|techobu
ゆう（夜型）|yuu_yoru
こはる日記|koharu_nikki`,
  ar: `ليلى تكتب|laylawrites
دفتر سامر|samer_daftar
هند ن.|hind_n
أبو يزن|abuyazan_q
ريم القلم|reemqalam`,
};

const reporters = `Odette Farrow|odette-farrow
Linus Okonjo-Pratt|linus-okonjo-pratt
Wilhelmina Strand|wilhelmina-strand
Staff|staff`;

/** Junk has senders of its own, or the community's regulars would seem to send it. */
const touts = `Nib Deals 24h|nibdeals_24h
BEST PRICE PENS|bestpricepens77
gift drops 🎁|giftdrops_now
win.win.win|winwin_9931`;

function readPeople(text: string): readonly Person[] {
  return text.split('\n').map((line) => {
    const [name = '', handle = ''] = line.split('|');
    return { name, handle };
  });
}

const people = new Map(Object.entries(byLanguage).map(([language, text]) => [language, readPeople(text)]));
const press = readPeople(reporters);
const spammers = readPeople(touts);

/** Who may speak a role. Roles from `x` on are touts. */
export function peopleFor(channel: ChannelId, language: string, role: string): readonly Person[] {
  if (channel === 'widget') return press;
  if (role >= 'x') return spammers;
  return people.get(language) ?? [];
}
