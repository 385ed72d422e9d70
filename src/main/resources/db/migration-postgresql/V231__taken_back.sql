-- A movement may also take money back to where it came from.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (
    kind = 'hold' or kind = 'settle' or kind = 'release' or kind = 'topup' or kind = 'refund' or kind = 'absorb'
    or kind = 'takeback');
