-- Identifies the settings and artefacts that decided; equal versions decide equally.
alter table decisions add column policy_version varchar(16) default '' not null;

-- What experts took whose answers were not given.
alter table attempts add column prompt_tokens bigint;
alter table attempts add column completion_tokens bigint;
alter table attempts add column cost_usd double precision default 0 not null;

alter table keys add column role varchar(20) default 'chat' not null;
update keys set role = 'root' where name = 'first';

-- Labelled queries beside those of the catalog. `category` is none for queries of no category.
create table examples (
    id bigint generated always as identity primary key,
    tenant varchar(63) not null references tenants (id),
    category varchar(63) not null,
    query text not null,
    created timestamp with time zone not null
);

create index examples_by_tenant on examples (tenant, id);

-- Every router that was trained. The newest is live; it knows the examples up to `examples_to`.
create table router_versions (
    tenant varchar(63) not null references tenants (id),
    version integer not null,
    examples_to bigint not null,
    report text not null,
    created timestamp with time zone not null,
    primary key (tenant, version)
);
