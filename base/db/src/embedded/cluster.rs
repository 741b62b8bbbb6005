//! One data folder with its server: prepare, launch, stop. Watching is in `supervise`.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::user::{User, effective_uid};
use super::{Binaries, EmbeddedConfig, EmbeddedError, Listen, place, settings};

/// Port number in the name of the socket file; no TCP port is opened in that case.
const SOCKET_PORT: u16 = 5432;
/// How long orphaned backends of a killed server may take to notice and leave.
const ORPHANS_LEAVE: Duration = Duration::from_secs(20);
/// How long a fast shutdown may take before it is made an immediate one, seconds.
const STOP_SECONDS: &str = "60";
/// A log larger than this is set aside at the next start, bytes.
const LOG_LIMIT: u64 = 20 * 1024 * 1024;

/// A cluster on disk. It does not watch its server: [`super::Embedded`] does.
#[derive(Debug, Clone)]
pub struct Cluster {
    config: EmbeddedConfig,
    home: PathBuf,
    user: Option<User>,
    binaries: Binaries,
    port: Option<u16>,
}

impl Cluster {
    /// Finds the programs and makes the folder; starts nothing.
    ///
    /// # Errors
    /// [`EmbeddedError`] when programs or folder are unusable.
    pub fn open(config: &EmbeddedConfig) -> Result<Self, EmbeddedError> {
        let user = User::choose(&config.data_dir.join("data"))?;
        let home = place::make_home(&config.data_dir, user.as_ref())?;
        let binaries = Binaries::open(&config.binaries_dir, user.as_ref())?;
        Ok(Self { config: config.clone(), home, user, binaries, port: None })
    }

    /// The folder with everything of this cluster.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn log(&self) -> PathBuf {
        self.home.join("postgres.log")
    }

    fn command(&self, program: &str) -> Command {
        self.binaries.command(program, self.user.as_ref())
    }

    /// Connection URL of the database `renshe`, with the password where there is one.
    ///
    /// # Errors
    /// [`EmbeddedError::File`] when the password can't be read.
    pub fn url(&self) -> Result<String, EmbeddedError> {
        let data = self.data();
        if self.config.listen == Listen::Socket {
            return Ok(format!("postgres://renshe@localhost:{SOCKET_PORT}/renshe?host={}", data.display()));
        }
        let path = self.home.join("password");
        let password = fs::read_to_string(&path).map_err(EmbeddedError::file(&path))?;
        let port = self.port.unwrap_or_default();
        Ok(format!("postgres://renshe:{}@127.0.0.1:{port}/renshe", password.trim()))
    }

    /// Makes the cluster if the folder is empty, and checks that it fits the programs if not.
    ///
    /// # Errors
    /// [`EmbeddedError`]; a half-made cluster is thrown away at the next try.
    pub fn prepare(&self) -> Result<(), EmbeddedError> {
        let data = self.data();
        if !data.exists() {
            return self.init();
        }
        let denied = |_| EmbeddedError::NotOurs(self.home.clone());
        if effective_uid() != 0 && fs::metadata(&data).map_err(denied)?.uid() != effective_uid() {
            return Err(EmbeddedError::NotOurs(self.home.clone()));
        }
        match fs::read_to_string(data.join("PG_VERSION")) {
            Ok(found) if found.trim() == self.binaries.major() => Ok(()),
            Ok(found) => Err(EmbeddedError::OtherVersion {
                folder: self.home.clone(),
                found: found.trim().to_owned(),
                ours: self.binaries.major().to_owned(),
            }),
            Err(_) => Err(EmbeddedError::NotACluster(data)),
        }
    }

    /// `initdb` into a folder of another name, then renamed, so that a crash leaves no half cluster behind.
    fn init(&self) -> Result<(), EmbeddedError> {
        let (half, data) = (self.home.join("data.new"), self.data());
        if half.exists() {
            fs::remove_dir_all(&half).map_err(EmbeddedError::file(&half))?;
        }
        fs::create_dir(&half).map_err(EmbeddedError::file(&half))?;
        fs::set_permissions(&half, fs::Permissions::from_mode(0o700)).map_err(EmbeddedError::file(&half))?;
        if let Some(user) = &self.user {
            chown(&half, Some(user.uid), Some(user.gid)).map_err(EmbeddedError::file(&half))?;
        }
        let mut initdb = self.command("initdb");
        initdb.arg("-D").arg(&half).args([
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--auth=reject",
            "--no-instructions",
        ]);
        if self.binaries.major().parse().unwrap_or(0) >= 17 {
            // Sorted by code point, the same on every machine.
            initdb.args(["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
        } else {
            initdb.arg("--locale=C.UTF-8");
        }
        if self.config.durability == super::Durability::Disposable {
            initdb.arg("--no-sync");
        }
        run(initdb, None).map_err(EmbeddedError::Init)?;
        self.make_owner(&half)?;
        fs::rename(&half, &data).map_err(EmbeddedError::file(&data))
    }

    /// Makes the role and the database `renshe` in single-user mode, before the server listens anywhere. The role
    /// may create databases but is no superuser: the program must run where a real server gives it no more.
    fn make_owner(&self, data: &Path) -> Result<(), EmbeddedError> {
        let password = format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
        place::write_private(&self.home.join("password"), &password)?;
        let mut single = self.command("postgres");
        single.arg("--single").arg("-D").arg(data).args(["-c", "log_min_error_statement=panic", "postgres"]);
        let script = format!(
            "CREATE ROLE renshe LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE renshe OWNER renshe\n"
        );
        run(single, Some(&script)).map_err(EmbeddedError::Init)
    }

    /// Stops a server that a killed program of ours left behind on this folder, and clears its traces.
    ///
    /// # Errors
    /// [`EmbeddedError::Stop`] when it does not go.
    pub fn stop_orphan(&self) -> Result<(), EmbeddedError> {
        match self.running_pid() {
            Some(_) => {
                tracing::warn!(folder = %self.home.display(), "stopping the server a killed program left behind");
                self.stop()
            }
            None => {
                // A number that now belongs to some other process would make PostgreSQL refuse to start.
                let pid_file = self.data().join("postmaster.pid");
                if pid_file.exists() {
                    fs::remove_file(&pid_file).map_err(EmbeddedError::file(&pid_file))?;
                }
                Ok(())
            }
        }
    }

    /// Process of a server that runs on this folder, whoever started it.
    #[must_use]
    pub fn running_pid(&self) -> Option<u32> {
        let data = self.data();
        let pid: u32 = fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.parse().ok()?;
        let words = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        let folder = data.as_os_str().as_encoded_bytes();
        words.split(|byte| *byte == 0).any(|word| word == folder).then_some(pid)
    }

    /// Starts the server as a child and waits until it takes connections.
    ///
    /// # Errors
    /// [`EmbeddedError::PortTaken`] or [`EmbeddedError::Start`] with the last lines of the log.
    pub fn launch(&mut self) -> Result<Child, EmbeddedError> {
        let port = self.choose_port()?;
        self.port = Some(port);
        self.write("postgresql.conf", &settings::server(&self.config, &self.home, port))?;
        self.write("pg_hba.conf", settings::access(&self.config))?;
        let deadline = Instant::now() + ORPHANS_LEAVE;
        loop {
            let (log, from) = self.open_log()?;
            match self.try_launch(log)? {
                Ok(child) => return Ok(child),
                Err(_) => {
                    let said = self.log_since(from);
                    let leaving =
                        said.contains("pre-existing shared memory block") || said.contains("lock file");
                    if !leaving || Instant::now() > deadline {
                        return Err(self.explain(&said, port));
                    }
                    sleep(Duration::from_millis(300));
                }
            }
        }
    }

    /// The inner result is the exit of a server that gave up.
    fn try_launch(&self, log: File) -> Result<Result<Child, std::process::ExitStatus>, EmbeddedError> {
        let log_path = self.log();
        let error_log = log.try_clone().map_err(EmbeddedError::file(&log_path))?;
        let mut child = self
            .command("postgres")
            .arg("-D")
            .arg(self.data())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(error_log)
            // A group of its own: Ctrl-C on the terminal must not stop the database before the program has drained.
            .process_group(0)
            .spawn()
            .map_err(EmbeddedError::file(&log_path))?;
        loop {
            if let Some(status) = child.try_wait().map_err(EmbeddedError::file(&log_path))? {
                return Ok(Err(status));
            }
            if self.is_ready(child.id()) {
                return Ok(Ok(child));
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// Whether the server wrote “ready” into line 8 of its process file, as `pg_ctl` looks for it.
    fn is_ready(&self, pid: u32) -> bool {
        let Ok(text) = fs::read_to_string(self.data().join("postmaster.pid")) else { return false };
        let mut lines = text.lines();
        lines.next().and_then(|line| line.parse().ok()) == Some(pid)
            && lines.nth(6).is_some_and(|line| line.trim() == "ready")
    }

    /// Stops the server on this folder: fast, and immediately if that takes too long.
    ///
    /// # Errors
    /// [`EmbeddedError::Stop`] when the fast way did not do.
    pub fn stop(&self) -> Result<(), EmbeddedError> {
        let stop = |mode: &str| {
            let mut command = self.command("pg_ctl");
            command.arg("stop").arg("-D").arg(self.data()).args(["-s", "-w", "-t", STOP_SECONDS, "-m", mode]);
            run(command, None)
        };
        if self.running_pid().is_none() {
            return Ok(());
        }
        match stop("fast") {
            Err(_) if self.running_pid().is_none() => Ok(()),
            Err(said) => {
                stop("immediate").map_err(EmbeddedError::Stop)?;
                Err(EmbeddedError::Stop(said))
            }
            Ok(()) => Ok(()),
        }
    }

    /// The port asked for, the one used before (so that pools find the server again), or a free one.
    fn choose_port(&self) -> Result<u16, EmbeddedError> {
        let asked = match self.config.listen {
            Listen::Socket => return Ok(SOCKET_PORT),
            Listen::Loopback(asked) => asked.or(self.port),
        };
        let listener = TcpListener::bind(("127.0.0.1", asked.unwrap_or(0)))
            .map_err(|_| EmbeddedError::PortTaken(asked.unwrap_or(0)))?;
        listener.local_addr().map(|address| address.port()).map_err(EmbeddedError::file(&self.home))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), EmbeddedError> {
        let path = self.data().join(name);
        place::write_private(&path, text)?;
        if let Some(user) = &self.user {
            chown(&path, Some(user.uid), Some(user.gid)).map_err(EmbeddedError::file(&path))?;
        }
        Ok(())
    }

    fn open_log(&self) -> Result<(File, u64), EmbeddedError> {
        let path = self.log();
        let size = fs::metadata(&path).map_or(0, |meta| meta.len());
        if size > LOG_LIMIT {
            fs::rename(&path, self.home.join("postgres.log.1")).map_err(EmbeddedError::file(&path))?;
        }
        let log =
            OpenOptions::new().append(true).create(true).open(&path).map_err(EmbeddedError::file(&path))?;
        Ok((log, if size > LOG_LIMIT { 0 } else { size }))
    }

    fn log_since(&self, from: u64) -> String {
        let read = || {
            let mut file = File::open(self.log())?;
            file.seek(SeekFrom::Start(from))?;
            let mut text = Vec::new();
            file.read_to_end(&mut text)?;
            Ok::<_, std::io::Error>(String::from_utf8_lossy(&text).into_owned())
        };
        read().unwrap_or_default()
    }

    fn explain(&self, said: &str, port: u16) -> EmbeddedError {
        if said.contains("Address already in use") {
            return EmbeddedError::PortTaken(port);
        }
        if let Some(pid) = self.running_pid() {
            return EmbeddedError::Foreign { folder: self.home.clone(), pid };
        }
        let fatal =
            said.lines().filter(|line| line.contains("FATAL") || line.contains("PANIC")).collect::<Vec<_>>();
        let detail = if fatal.is_empty() { said.lines().rev().take(3).collect() } else { fatal };
        EmbeddedError::Start { detail: detail.join("；"), log: self.log() }
    }
}

/// Runs a command to its end, feeding `input`; the error is what it said.
fn run(mut command: Command, input: Option<&str>) -> Result<(), String> {
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
        stdin.write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "；");
    // Single-user mode reports a failed statement but ends with success.
    if output.status.success() && !said.contains("ERROR:") { Ok(()) } else { Err(said) }
}
