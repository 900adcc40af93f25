-- `state` is active, suspended (its keys are turned away) or removed (for good; its records stay).
alter table tenants add column name varchar(200) default '' not null;
alter table tenants add column state varchar(20) default 'active' not null;
-- What the tenant may use, as a JSON object.
alter table tenants add column limits text default '{}' not null;

-- The beginning of the key, by which people tell keys apart; empty for keys of earlier versions.
alter table keys add column prefix varchar(20) default '' not null;
alter table keys add column expires timestamp with time zone;
alter table keys add column revoked timestamp with time zone;
-- What the key may use, as a JSON object.
alter table keys add column limits text default '{}' not null;

create index keys_by_tenant on keys (tenant, id);

-- The key that asked; 0 where it is not known or there was none.
alter table decisions add column key_id bigint default 0 not null;

create index decisions_by_tenant on decisions (tenant, id);

-- Every change of what administrators manage, written together with it. `actor` is the name of the key.
create table audit (
    id bigint generated always as identity primary key,
    tenant varchar(63) not null,
    actor_tenant varchar(63) not null,
    actor_key bigint not null,
    actor varchar(200) not null,
    action varchar(63) not null,
    subject varchar(200) not null,
    detail text not null,
    created timestamp with time zone not null
);

create index audit_by_tenant on audit (tenant, id);

-- Grows with every change of a kind to a tenant, in the change's own transaction. Every node looks here
-- for what it has not followed yet.
create table changes (
    topic varchar(20) not null,
    tenant varchar(63) not null,
    revision bigint not null,
    primary key (topic, tenant)
);
