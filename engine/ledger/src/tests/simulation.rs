//! Seeded simulation: several clients post, repeat, reverse, fail and close at the same time; the books must agree
//! with a plain model of what committed, to the fen. A failure prints its seed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base_db::Db;
use base_kernel::{Fen, TransferId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{BOOK, begin, database, july, pay_in, pay_out, pot, purse};
use crate::{
    LedgerError, Reversal, Side, Transfer, audit, balance, period_close, period_totals_build, post, reverse,
    transfer_id,
};

const OWNERS: u32 = 6;
const CLIENTS: u64 = 4;
const STEPS: u32 = 60;
/// Raise to search for longer.
const SEEDS: u64 = 8;

/// What committed: signed effect on the owner's purse by transfer.
#[derive(Default)]
struct Model {
    effect: BTreeMap<TransferId, (String, i64)>,
}

async fn client(db: Db, seed: u64, number: u64, model: Arc<Mutex<Model>>) {
    let mut random = StdRng::seed_from_u64(seed * 1_000 + number);
    let mut mine: Vec<Transfer> = Vec::new();
    for step in 0..STEPS {
        match random.random_range(0..10_u8) {
            0..=6 => {
                let batch = batch(&mut random, number, step, &mine);
                write(&db, &mut random, &batch, &model).await;
                mine.extend(batch);
            }
            7..=8 => take_back(&db, &mut random, &mine, &model).await,
            _ => repeat(&db, &mut random, &mine, &model).await,
        }
    }
}

fn batch(random: &mut StdRng, client: u64, step: u32, mine: &[Transfer]) -> Vec<Transfer> {
    let mut batch = Vec::new();
    for part in 0..random.random_range(1..20_u32) {
        let owner = format!("P{}", random.random_range(0..OWNERS));
        let number = u32::try_from(client).unwrap() * 1_000_000 + step * 1_000 + part;
        let amount = random.random_range(1..1_000_i64);
        batch.push(match random.random_range(0..3_u8) {
            0 => pay_out(&owner, number, amount),
            _ => pay_in(&owner, number, amount),
        });
    }
    // Now and then a transfer that is in the books already rides along.
    if !mine.is_empty() && random.random_bool(0.3) {
        batch.push(mine[random.random_range(0..mine.len())].clone());
    }
    batch
}

async fn write(db: &Db, random: &mut StdRng, batch: &[Transfer], model: &Mutex<Model>) {
    let mut tx = begin(db).await;
    match post(&mut tx, batch).await {
        Ok(_) if random.random_bool(0.85) => {
            tx.commit().await.unwrap();
            let mut model = model.lock().unwrap();
            for transfer in batch {
                let sign = if transfer.code == 1 { 1 } else { -1 };
                model.effect.insert(transfer.id, (transfer.owner.clone(), sign * transfer.amount.0));
            }
        }
        // Killed before commit: nothing of it may remain.
        Ok(_) | Err(LedgerError::Overdrawn(_) | LedgerError::PeriodClosed { .. }) => drop(tx),
        Err(other) => panic!("{other:?}"),
    }
}

async fn take_back(db: &Db, random: &mut StdRng, mine: &[Transfer], model: &Mutex<Model>) {
    if mine.is_empty() {
        return;
    }
    let original = mine[random.random_range(0..mine.len())].clone();
    let by = Reversal {
        id: transfer_id(&["back", &original.id.to_string(), &random.random_range(0..2_u8).to_string()]),
        code: 9,
        period: july().plus(1),
        effective: july().last_day(),
        case_no: None,
        reference: String::new(),
    };
    let mut tx = begin(db).await;
    match reverse(&mut tx, &original.owner, original.id, &by).await {
        Ok(()) => {
            tx.commit().await.unwrap();
            let mut model = model.lock().unwrap();
            let (owner, effect) = model.effect[&original.id].clone();
            model.effect.insert(by.id, (owner, -effect));
        }
        Err(
            LedgerError::NothingToReverse(_)
            | LedgerError::AlreadyReversed(_)
            | LedgerError::Overdrawn(_)
            | LedgerError::PeriodClosed { .. },
        ) => drop(tx),
        Err(other) => panic!("{other:?}"),
    }
}

/// Two identical requests at the same moment.
async fn repeat(db: &Db, random: &mut StdRng, mine: &[Transfer], model: &Mutex<Model>) {
    if mine.is_empty() {
        return;
    }
    let again = [mine[random.random_range(0..mine.len())].clone()];
    let mut other = StdRng::seed_from_u64(random.random());
    futures::join!(write(db, random, &again, model), write(db, &mut other, &again, model));
}

async fn closer(db: Db) {
    for back in (1..6).rev() {
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
        let mut tx = begin(&db).await;
        period_close(&mut tx, BOOK, july().plus(-back)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = begin(&db).await;
        period_totals_build(&mut tx, BOOK).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn simulate(seed: u64) {
    let test = database().await;
    let model = Arc::new(Mutex::new(Model::default()));
    let mut running = vec![tokio::spawn(closer(test.db()))];
    for number in 0..CLIENTS {
        running.push(tokio::spawn(client(test.db(), seed, number, Arc::clone(&model))));
    }
    for task in running {
        task.await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    for (owner, effect) in model.lock().unwrap().effect.values() {
        *expected.entry(owner.clone()).or_default() += effect;
    }
    let mut tx = begin(&test.db()).await;
    for (owner, sum) in &expected {
        let held = balance(&mut tx, &purse(owner)).await.unwrap().on(Side::Credit);
        assert_eq!(held, Fen(*sum), "seed {seed}, owner {owner}");
        assert!(held >= Fen::ZERO, "seed {seed}, owner {owner}");
    }
    let all = balance(&mut tx, &pot()).await.unwrap().on(Side::Debit);
    assert_eq!(all, Fen(expected.values().sum()), "seed {seed}");
    drop(tx);
    let findings = audit(&test.db()).await.unwrap();
    assert!(findings.is_clean(), "seed {seed}: {findings:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_agree_with_the_model_whatever_happens() {
    for seed in 0..SEEDS {
        simulate(seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_on_one_pot_do_not_queue_for_its_row() {
    let test = database().await;
    // The very first posting makes the pot's row; postings of the same moment wait for it, once.
    let mut tx = begin(&test.db()).await;
    post(&mut tx, &[pay_in("P9", 9, 10)]).await.unwrap();
    tx.commit().await.unwrap();
    // Every transaction is held open until all have posted: with a lock on the pot this would never end.
    let gate = Arc::new(tokio::sync::Barrier::new(4));
    let mut running = Vec::new();
    for number in 0..4 {
        let (db, gate) = (test.db(), Arc::clone(&gate));
        running.push(tokio::spawn(async move {
            let mut tx = begin(&db).await;
            post(&mut tx, &[pay_in(&format!("P{number}"), number, 10)]).await.unwrap();
            gate.wait().await;
            tx.commit().await.unwrap();
        }));
    }
    for task in running {
        task.await.unwrap();
    }
    let mut tx = begin(&test.db()).await;
    assert_eq!(balance(&mut tx, &pot()).await.unwrap().on(Side::Debit), Fen(50));
}
