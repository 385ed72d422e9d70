-- What moves in a wallet beside the holds and charges of requests: few rows among very many, found without reading those.
create index transfers_beside_requests on transfers (organization, created_at, kind, debit, amount)
    where kind <> 'hold' and kind <> 'settle' and kind <> 'release' and kind <> 'absorb';

-- When grants were charged, and when a refund gave something back to them (below zero): what of a month was theirs can be
-- said whenever the month is closed. cause: the hold; for a refund, with what had been refunded to it before.
create table grant_charges (
    organization text not null,
    at bigint not null,
    cause text not null,
    amount bigint not null,
    primary key (organization, at, cause)
) ${clustered};

insert into grant_charges (organization, at, cause, amount)
    select h.organization, h.resolved_at, h.id, sum(p.charge) from grant_parts p join holds h on h.id = p.hold
    where h.resolved_at is not null group by h.organization, h.resolved_at, h.id having sum(p.charge) > 0;
insert into grant_charges (organization, at, cause, amount)
    select h.organization, coalesce(max(t.created_at), h.resolved_at), h.id || ':0', -p.refunded
    from (select hold, sum(refunded) as refunded from grant_parts group by hold having sum(refunded) > 0) p
    join holds h on h.id = p.hold
    left join transfers t on t.organization = h.organization and t.kind = 'refund' and t.id like 'refund:' || h.id || ':%'
    where h.resolved_at is not null group by h.organization, h.resolved_at, h.id, p.refunded;

-- grants_seen had charges that were made behind closed_until, when a month was closed late: they come with their own month.
update billing_profiles set carried = carried - grants_seen + coalesce((select sum(g.amount) from grant_charges g
        where g.organization = billing_profiles.organization and g.at < billing_profiles.closed_until), 0),
    grants_seen = coalesce((select sum(g.amount) from grant_charges g
        where g.organization = billing_profiles.organization and g.at < billing_profiles.closed_until), 0);
