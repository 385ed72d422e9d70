-- Movements of grants and credit lines.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (
    kind = 'hold' or kind = 'settle' or kind = 'release' or kind = 'topup' or kind = 'refund' or kind = 'absorb'
    or kind = 'takeback' or kind = 'grant' or kind = 'expire' or kind = 'credit' or kind = 'reduce');
