-- Why a job was rejected, as a code; never a word of what was asked or made.
alter table jobs add column reason text;
