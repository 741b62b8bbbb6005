//! The load: every worker of the framework is one user, every iteration one request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use async_trait::async_trait;
use rlt::{BenchSuite, IterInfo, IterReport, Status};

use crate::client::Client;
use crate::scenario::{Actor, Citizen, Officer};
use crate::tally::Tally;
use crate::users::{Role, Users};

/// The load on one server.
#[derive(Clone)]
pub struct Load {
    /// Address of the server.
    pub base: String,
    /// Who there is.
    pub users: Arc<Users>,
    /// Pause before each request, on average.
    pub think: Duration,
    /// Iterations that warm up; the framework hands exactly so many out before the measured ones.
    pub warmup: u64,
    /// Requests begun.
    pub begun: Arc<AtomicU64>,
    /// What is measured.
    pub tally: Arc<Mutex<Tally>>,
}

/// One user at work.
pub struct Worker {
    actor: Box<dyn Actor>,
    client: Client,
    dice: u64,
}

impl Worker {
    /// Between half and one and a half of the mean.
    fn pause(&mut self, mean: Duration) -> Duration {
        // A generator of Knuth's; the pauses must differ, no more.
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = u32::try_from(self.dice >> 32).unwrap_or(0);
        mean.mul_f64(0.5 + f64::from(share) / f64::from(u32::MAX))
    }
}

#[async_trait]
impl BenchSuite for Load {
    type WorkerState = Worker;

    async fn state(&self, worker: u32) -> anyhow::Result<Worker> {
        let (role, serial, user) =
            self.users.of_worker(worker as usize).context("more workers than users")?;
        let actor: Box<dyn Actor> = match role {
            Role::Citizen => Box::new(Citizen::new(serial)),
            Role::Officer => Box::new(Officer::default()),
        };
        Ok(Worker { actor, client: Client::new(&self.base, Some(&user.token))?, dice: u64::from(worker) })
    }

    async fn bench(&mut self, worker: &mut Worker, _: &IterInfo) -> anyhow::Result<IterReport> {
        if !self.think.is_zero() {
            let pause = worker.pause(self.think);
            tokio::time::sleep(pause).await;
        }
        let measured = self.begun.fetch_add(1, Ordering::Relaxed) >= self.warmup;
        let ask = worker.actor.next();
        let asked = Instant::now();
        let answer = worker.client.ask(&ask).await;
        let wait = asked.elapsed();
        let bytes = answer.as_ref().map_or(0, |answer| answer.body.len() as u64);
        let learnt = match answer {
            Ok(answer) if answer.good() => {
                worker.actor.learn(&answer.body).map_err(|error| error.to_string())
            }
            Ok(answer) => Err(answer.refusal()),
            Err(error) => Err(format!("{error:#}")),
        };
        if learnt.is_err() {
            worker.actor.refused();
        }
        if measured {
            let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
            match &learnt {
                Ok(cases) => tally.answered(ask.op, asked, wait, *cases),
                Err(what) => tally.failed(ask.op, asked, wait, what),
            }
        }
        let status = if learnt.is_ok() { Status::success(0) } else { Status::error(1) };
        Ok(IterReport { duration: wait, status, bytes, items: learnt.unwrap_or(0) })
    }
}
