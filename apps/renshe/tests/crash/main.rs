//! The server is killed under load, and its database, again and again; nothing may be lost, doubled or stuck.
//!
//! A folder of its own, free ports, the real binary. People submit and officers decide all the while; every request
//! that got no answer is sent again with the same ids. At the end every answer that was given is compared with the
//! database. The moments of the kills come from a seed that is printed first; set `RENSHE_CRASH_SEED` to have them
//! again, `RENSHE_CRASH_SERVER` and `RENSHE_CRASH_DATABASE` for other numbers of kills.
#![expect(clippy::unwrap_used, clippy::print_stderr, clippy::panic, reason = "tests")]

mod client;
mod load;
mod place;
mod truth;

use std::sync::Arc;
use std::time::{Duration, Instant};

use client::{Client, Journal};
use place::{Place, Server};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Kills of the server and of the database when the environment says nothing.
const USUAL: (u64, u64) = (12, 3);
/// How long everything may take to come to its end after the last kill. A job that died with its worker is given to
/// another after twenty seconds of silence.
const CALM: Duration = Duration::from_secs(90);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kill {
    Server,
    Database,
    /// The server while its database comes back.
    Both,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_doubled_or_stuck_when_server_and_database_are_killed() {
    let number = |name: &str| setting(name).and_then(|text| text.parse::<u64>().ok());
    let seed = number("RENSHE_CRASH_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    let servers = number("RENSHE_CRASH_SERVER").unwrap_or(USUAL.0);
    let databases = number("RENSHE_CRASH_DATABASE").unwrap_or(USUAL.1);
    eprintln!("RENSHE_CRASH_SEED={seed} RENSHE_CRASH_SERVER={servers} RENSHE_CRASH_DATABASE={databases}");
    let begun = Instant::now();

    let place = Place::new();
    place.run(&["demo"]);
    let seeded = place.seed_accounts(60, 6);
    let mut server = Server::start(&place);
    server.ready().await;
    let journal = Arc::new(Journal::default());
    let client = Client::new(&place.base(), Arc::clone(&journal));
    let enough = CancellationToken::new();
    let over = CancellationToken::new();
    let before = truth::before(&place).await;
    let mut load = load::begin(&client, &place, &seeded, seed, &enough, &over).await;
    eprintln!("seeded and under load after {:.1?}", begun.elapsed());

    let mut random = Random(seed);
    for (round, kill) in schedule(&mut random, servers, databases).into_iter().enumerate() {
        tokio::time::sleep(Duration::from_millis(200 + random.below(700))).await;
        if kill != Kill::Server {
            place.kill_database();
        }
        if kill == Kill::Both {
            tokio::time::sleep(Duration::from_millis(random.below(600))).await;
        }
        if kill != Kill::Database {
            server.kill();
            server = Server::start(&place);
        }
        server.ready().await;
        if round % 5 == 4 {
            truth::holds_now(&place).await;
        }
    }
    eprintln!("{} kills after {:.1?}", servers + databases, begun.elapsed());

    enough.cancel();
    join(&mut load.submitters).await;
    truth::comes_to_rest(&place, CALM).await;
    over.cancel();
    join(&mut load.officers).await;
    truth::holds_now(&place).await;
    truth::agrees(&place, &journal, &before).await;
    server.stop();
    eprintln!("{journal}in {:.1?}", begun.elapsed());
    place.forget();
}

/// Waits for tasks that were told to end.
async fn join(tasks: &mut JoinSet<()>) {
    let all = async {
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap();
        }
    };
    tokio::time::timeout(CALM, all).await.unwrap();
}

/// Kills in an order of chance. Every third one of the database takes the server down too; the last one leaves it
/// alive, so that what follows shows whether it goes on without a restart.
fn schedule(random: &mut Random, servers: u64, databases: u64) -> Vec<Kill> {
    let both = databases / 3;
    let mut kills: Vec<Kill> = std::iter::repeat_n(Kill::Both, usize::try_from(both).unwrap())
        .chain((both..servers).map(|_| Kill::Server))
        .chain((both + 1..databases).map(|_| Kill::Database))
        .collect();
    for place in (1..kills.len()).rev() {
        let other = usize::try_from(random.below(place as u64 + 1)).unwrap();
        kills.swap(place, other);
    }
    if databases > 0 {
        kills.push(Kill::Database);
    }
    kills
}

#[expect(clippy::disallowed_methods, reason = "the settings of this test")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// SplitMix64: the same numbers from the same seed on every machine.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}
