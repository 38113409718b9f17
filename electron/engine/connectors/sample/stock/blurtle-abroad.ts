import type { Shelf } from '../story.ts';

/** The community outside English. */
export const blurtleAbroad: readonly Shelf[] = [
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'es',
    stories: [
      `Llevo {un mes|seis semanas} con el Hawfinch Nib y he vuelto a escribir a mano todos los días. No me lo esperaba.`,
      `@hawfinch ¿para cuándo el reconocimiento de escritura en catalán? En castellano va de maravilla.`,
      `El lápiz del Nib se me ha quedado sin punta en {tres|cuatro} semanas. ¿Es normal? Escribo mucho, pero tanto... @hawfinch`,
      `¿Alguien sabe si Hawfinch envía a {Canarias|Chile|Uruguay} sin que el porte cueste más que el cuaderno?
~b 40m
A Canarias sí, 18 € la última vez. Tardó diez días. #hawfinch`,
      `Mi {hija|sobrino} cree que el Hawfinch es un libro que escucha. No le voy a quitar la ilusión.`,
      `El servicio técnico de @hawfinch, de diez: me cambiaron la pantalla en una semana y me mandaron un dibujo del pájaro.`,
      `Carísimo el Hawfinch, sí. Pero es el único trasto que he comprado este año y que sigo usando.`,
      `Un picogordo (hawfinch, para los ingleses) en el parque. Qué pico, madre mía. #aves`,
      `La aplicación de Hawfinch para el ordenador se me cierra cada vez que importo un PDF grande. Un desastre, la verdad.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'es',
    stories: [
      `La actualización 4.2 de Hawfinch me ha borrado los apuntes de toda la semana. Estoy que muerdo. @hawfinch
~b 30m
No sincronices. Las páginas siguen en la papelera del aparato, en el foro explican cómo sacarlas. #hawfinch
~a 4h
¡Recuperadas! Mil gracias. Vaya día nos ha dado @hawfinch.`,
      `¿Nadie en @hawfinch va a decir nada? El Nib no arranca desde ayer y el soporte no contesta. Vergonzoso.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'de',
    stories: [
      `Seit {drei|fünf} Wochen mit dem Hawfinch Nib im Außendienst. Akku: immer noch über die Hälfte. Ich bin begeistert.`,
      `Kann das Hawfinch eigentlich Steno? Frage für meine Großmutter, die schneller schreibt als wir alle. @hawfinch
~b 1h
Erkennen nicht, aber speichern und durchblättern geht prima. Meine Tante macht das so. #hawfinch`,
      `@hawfinch Bitte, bitte einen richtigen Querformat-Modus fürs Nib. Ich zeichne Grundrisse und drehe mir den Hals aus.`,
      `Der Stift vom Hawfinch klingt wie ein echter Bleistift. Wer hat sich das ausgedacht, und wo kann ich Blumen hinschicken?`,
      `Hawfinch-Hülle nach {zwei|drei} Monaten an der Naht gerissen. Für 69 Euro erwarte ich mehr, @hawfinch.`,
      `Heute vier Kernbeißer (engl. hawfinch) am Futterhaus. Die räumen alles leer. #vögel`,
      `Hedgerow synchronisiert bei mir nur, wenn ich danebenstehe und streng gucke. @hawfinch`,
      `Protokoll der Elternversammlung komplett mit Warble diktiert. Aus „Schulhofbegrünung“ wurde „Schulhofbegrüßung“. Passt auch. #hawfinch`,
      `Reparatur bei Hawfinch: Anleitung offen im Netz, Ersatzteil für 12 Euro, zehn Minuten Arbeit. So geht das.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'de',
    stories: [
      `Nach dem Update auf 4.2 sind bei mir {zwei|drei} Notizbücher leer. Leer! @hawfinch, das ist meine Dissertation.
~b 20m
Sofort Flugmodus an. Die Seiten liegen noch auf dem Gerät, siehe Inkpond. Nicht zurücksetzen! #hawfinch
~a 5h
Alles wieder da. Ich zittere noch. Danke, du Unbekannte. #hawfinch`,
      `Akku vom Nib seit 4.2: morgens voll, mittags leer. Ein Trauerspiel, @hawfinch.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'fr',
    stories: [
      `Trois {semaines|mois} avec le Hawfinch Nib : plus un seul post-it sur mon bureau. Ma collègue ne me reconnaît plus.`,
      `@hawfinch Le clavier affiche encore QWERTY quand la langue est le français. Petit détail, grande rage.`,
      `Quelqu'un a comparé le Hawfinch et le Quillmere pour corriger des copies ? J'en ai {cent vingt|quatre-vingt-dix} par semaine.
~b 50m
Le Nib pour l'écriture, sans hésiter. Le Quillmere est plus rapide avec les gros PDF. #hawfinch`,
      `Le bruit du stylet sur le Nib. Je pourrais écrire ma liste de courses pendant des heures. #hawfinch`,
      `Étui livré taché, service client charmant, étui remplacé en deux jours. Merci @hawfinch !`,
      `379 € pour un cahier. Non mais vraiment, @hawfinch. Magnifique, mais non.`,
      `Un gros-bec casse-noyaux (hawfinch en anglais) dans le cerisier. Il porte bien son nom. #oiseaux`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'fr',
    stories: [
      `Mise à jour 4.2 : mon Nib ne s'allume plus et @hawfinch ne répond pas. Super. Vraiment super.`,
      `Toutes mes notes de la semaine ont disparu après la 4.2. Hawfinch, je suis très déçue.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'ja',
    stories: [
      `ホーフィンチのNib、{三週間|一か月}使ってみた。書き心地は紙にいちばん近い。もう戻れない。`,
      `ホーフィンチのペン先、すぐ減りませんか？{二週間|三週間}で交換しました。@hawfinch
~b 30m
設定で筆圧を少し下げると長持ちしますよ。うちは二か月もってます。#hawfinch`,
      `Nibの手書き検索が漢字にも効いて感動した。半年前の買い物メモが出てきた。#hawfinch`,
      `@hawfinch 縦書きに対応する予定はありますか？俳句を書きたいです。`,
      `ホーフィンチのアプリ、同期が遅くて困っています。一ページに四十秒かかる。`,
      `今日の朝活。お茶とNibと静かな窓。#hawfinch 🍵`,
      `Sheafの予約、もうできるのかな。ホーフィンチの大きいほう、楽譜に使いたい。`,
      `公園でシメ（hawfinch）を見た。くちばしが立派。#野鳥`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'ja',
    stories: [
      `ホーフィンチ4.2に更新したらノートが消えた。一週間分。つらい。@hawfinch
~b 25m
同期を切ってください！本体の.trashに残っています。フォーラムに手順があります。#hawfinch
~a 6h
戻りました……本当にありがとうございます。#hawfinch`,
      `更新してからNibの電池が半日しかもたない。最悪です。@hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'ar',
    stories: [
      `بعد {شهر|ثلاثة أسابيع} مع دفتر هوفينش صرت أكتب كل يوم. تجربة جميلة فعلاً. #hawfinch`,
      `@hawfinch متى يصل التعرّف على الخط العربي؟ ننتظر منذ سنتين.
~b 45m
وأنا أيضاً أنتظر. جهاز ممتاز، لكن بلا عربية يبقى ناقصاً. @hawfinch`,
      `القلم في Nib رائع، لكن القوائم لا تُقرأ من اليمين إلى اليسار كما يجب. #hawfinch`,
      `هل يشحن هوفينش إلى {الأردن|المغرب|عُمان}؟ السعر معقول، والشحن هو المشكلة.`,
      `خدمة العملاء في هوفينش ردّت عليّ خلال ساعة وحلّت المشكلة. شكراً @hawfinch 🌿`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'es',
    stories: [
      `Ahora mismo, en la cola del médico, media novela en el Nib. Gracias, @hawfinch, por las esperas largas.`,
      `¿A alguien más se le desconecta el lápiz del Hawfinch cuando hace frío? En la parada del autobús no escribe.
~b 10m
A mí también, por debajo de cero. En el bolsillo revive. @hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'de',
    stories: [
      `Gerade gesehen: Die Stadtbücherei verleiht jetzt Hawfinch Nibs. Ich gehe da nie wieder weg.`,
      `Warum schreibt das Nib in der Sauna nicht? Frage für einen sehr dummen Freund. @hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'fr',
    stories: [
      `Réunion de trois heures, deux pages de notes, un très beau canard dessiné. Merci le Nib. #hawfinch`,
      `Mon Nib affiche « bonsoir » à midi depuis ce matin. Poétique, mais faux. @hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'ja',
    stories: [
      `電車で隣の人もホーフィンチだった。目が合って、二人でうなずいた。`,
      `Nibのペンをまた家に忘れた。予備を鞄に入れておくべきだった……#hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'ar',
    stories: [`ابنتي رسمت قطة في محضر الاجتماع على جهاز هوفينش، والمدير أعجبته القطة. #hawfinch`],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'ar',
    stories: [`تحديث 4.2 مسح ملاحظاتي كلها. أسبوع كامل من العمل ضاع. أين أنتم يا @hawfinch؟`],
  },
];
