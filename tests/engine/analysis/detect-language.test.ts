import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../electron/engine/analysis/language/detect-language.ts';
import { knownLanguage } from '../../../electron/engine/analysis/language/known-language.ts';

describe('the language of a text', () => {
  it.each([
    ['en', 'The battery lasts all day but the camera is a little weak in the dark'],
    ['de', 'Der Akku hält den ganzen Tag, aber die Kamera ist im Dunkeln etwas schwach'],
    ['fr', "La batterie tient toute la journée, mais l'appareil photo est un peu faible"],
    ['es', 'La batería dura todo el día pero la cámara es un poco floja de noche'],
    ['ru', 'Батарея держит весь день, но камера немного слабая в темноте'],
    ['zh', '电池可以用一整天,但是相机在暗处有点弱'],
    ['ar', 'البطارية تدوم طوال اليوم ولكن الكاميرا ضعيفة قليلا في الظلام'],
    ['ja', 'Acmeのカメラは良い'],
    ['ko', '좋아요'],
    ['th', 'ดีมาก'],
    ['el', 'καλό'],
    ['he', 'טוב'],
  ])('is %s for “%s”', (language, text) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  it.each([
    '',
    '   ',
    'ok',
    '42',
    '👍👍',
    '!!!',
    'https://example.com/der-die-das',
    '@derdiedas #wirsindhier',
    'Acme 4',
  ])('is unknown for “%s”', (text) => {
    expect(detectLanguage(text).language).toBeNull();
  });

  it('pays no heed to addresses, handles and tags', () => {
    const text =
      '@diesnächstes schau #schönesding https://der.example/und-nicht-oder I really like what they did here';
    expect(detectLanguage(text).language).toBe('en');
  });

  it('takes no longer for hostile texts', () => {
    for (const text of ['a'.repeat(1e6), 'a@'.repeat(5e5), '@'.repeat(1e6), 'http://'.repeat(2e5)]) {
      const startedAt = performance.now();
      detectLanguage(text);
      expect(performance.now() - startedAt).toBeLessThan(1000);
    }
  });
});

describe('the name of a language', () => {
  it.each([
    ['en', 'en'],
    ['EN-us', 'en'],
    ['pt_BR', 'pt'],
    ['nb', 'no'],
    ['iw', 'he'],
    [' de ', 'de'],
    ['und', null],
    ['xx', null],
    ['', null],
    [null, null],
  ])('%s is %s', (name, code) => {
    expect(knownLanguage(name)).toBe(code);
  });
});
