-- What a customer pays beside the price list: one row for default, plan:<name> or organization:<id>, and '', modality:<name> or
-- model:<id>. A markup is counted in millionths, a minimum in nano-dollars.
create table price_terms (
    subject text not null,
    scope text not null,
    kind text not null check (kind = 'markup' or kind = 'minimum'),
    value bigint not null check (value >= 0),
    updated_at bigint not null,
    primary key (subject, scope, kind)
) ${clustered};
