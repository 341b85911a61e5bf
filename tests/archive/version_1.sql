-- An archive as version 1 wrote it: one session, three takes (no transcript, a draft, a whole one).
PRAGMA application_id = 1447646785;
CREATE TABLE sessions (id TEXT PRIMARY KEY, started REAL NOT NULL, session TEXT NOT NULL);
CREATE TABLE takes (
  id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions(id),
  question TEXT NOT NULL, kind TEXT NOT NULL, asked TEXT NOT NULL,
  started REAL NOT NULL, seconds REAL NOT NULL, words INTEGER, pace REAL,
  take TEXT NOT NULL, sound TEXT NOT NULL, delivery TEXT NOT NULL, remarks TEXT NOT NULL, transcript TEXT);
INSERT INTO sessions VALUES ('s1', 1767344400.0,
  '{"id":"s1","started":"2026-01-02T09:00:00Z","interviewer":"ms-stone","kinds":["tricky"]}');
INSERT INTO takes VALUES ('first', 's1', 'weakness', 'tricky', 'What is your weakness?', 1767344460.0, 1.0, NULL, NULL,
  '{"id":"first","session":"s1","question":{"id":"weakness","kind":"tricky","text":"What is your weakness?","think":20,"lights":{"green":30,"amber":60,"red":90}},"started":"2026-01-02T09:01:00Z","capture":{"device":"USB","rate":8000,"frames":8000,"ended":"stopped"}}',
  '{"seconds":1.0,"voice":null,"pauses":[],"peak":null,"loudness":null,"clipped":0.0,"snr":null,"syllables":null}',
  '{"version":1,"first_word":null,"answer":null,"speech":null,"length":null,"words":null,"pace":null,"speech_pace":null,"estimated":true,"fillers":null,"fillers_per_minute":null,"pauses":null,"absent":{}}',
  '[]', NULL);
INSERT INTO takes SELECT 'second', session, question, kind, asked, started + 60, seconds, words, pace,
  replace(take, '"first"', '"second"'), sound, delivery, remarks,
  '{"words":[{"text":"um","start":0.1,"end":0.3}],"recogniser":"pocketsphinx","model":"en-us","draft":true}' FROM takes WHERE id = 'first';
INSERT INTO takes SELECT 'third', session, question, kind, asked, started + 120, seconds, 1, 60.0,
  replace(take, '"first"', '"third"'), sound, delivery, remarks,
  '{"words":[{"text":"Hello.","start":0.1,"end":0.3}],"recogniser":"openai-whisper","model":"base.en","draft":false}' FROM takes WHERE id = 'first';
PRAGMA user_version = 1;
