create table tenants (
    id varchar(63) primary key,
    created timestamp with time zone not null
);

-- `hash` is SHA-256 of the data folder's pepper and the key; the key itself is nowhere.
create table keys (
    id bigint generated always as identity primary key,
    tenant varchar(63) not null references tenants (id),
    name varchar(200) not null,
    hash binary(32) not null unique,
    created timestamp with time zone not null
);

-- One row per answered request. `id` grows with time; `upstream_id` is the completion's id where a remote expert chose it.
create table decisions (
    id bigint primary key,
    tenant varchar(63) not null,
    upstream_id varchar(200),
    asked varchar(200) not null,
    policy varchar(63) not null,
    category varchar(63) not null,
    probability double precision not null,
    propensity double precision not null,
    expert varchar(63) not null,
    outcome varchar(20) not null,
    prompt_tokens bigint,
    completion_tokens bigint,
    cost_usd double precision not null,
    overhead_us bigint not null,
    first_us bigint not null,
    total_us bigint not null
);

create index decisions_by_upstream_id on decisions (upstream_id);

-- Experts that were asked in vain before the one that answered.
create table attempts (
    decision bigint not null,
    place integer not null,
    expert varchar(63) not null,
    failure varchar(20) not null,
    message varchar(1000) not null,
    primary key (decision, place)
);

create table feedback (
    id bigint generated always as identity primary key,
    decision bigint not null references decisions (id),
    score double precision,
    label varchar(200),
    comment varchar(10000),
    created timestamp with time zone not null
);
