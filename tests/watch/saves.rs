//! Saves of every kind: by rename, by truncation, half written, in bursts; files and folders that go and come.

use super::{MODEL, Watch, costing, folder, renamed};

#[test]
fn a_save_by_rename_shows_what_changed() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    let mut watch = Watch::begin(folder.path(), &["shop.loop", "--ascii"]);
    watch.until("ok      shop.loop");
    // By hand: 5 / 4 = 1.25, which is not 2 or more, and 50% less than 2.5.
    renamed(&path, &costing("4"));
    let told = watch.until("FAILED  shop.loop: 1 of 1 expectations fail");
    assert!(told.starts_with("\n-- shop.loop changed ---"), "{told}");
    for words in [
        "L0421",
        "since the last run of shop.loop\n",
        "before  2.5\n",
        "1.25  -50%",
        "ok before   FAILED now",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    renamed(&path, MODEL);
    let told = watch.until("ok      shop.loop: 1 expectation");
    assert!(told.contains("2.5   +100%") && told.contains("FAILED before   ok now"), "{told}");
    // A remark changes the file, and no answer.
    renamed(&path, &format!("// by hand\n{MODEL}"));
    let told = watch.until("ok      shop.loop: 1 expectation");
    assert!(told.contains("since the last run of shop.loop: no answer changed\n"), "{told}");
}

#[test]
fn a_save_by_truncation_and_one_half_written_are_survived() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    let mut watch = Watch::begin(folder.path(), &["shop.loop"]);
    watch.until("ok      shop.loop");
    std::fs::write(&path, costing("1")).unwrap();
    watch.until("ok      shop.loop: 1 expectation");
    // Half of a model asks nothing, or is none; when the rest comes, it is held against the last that was one.
    let text = costing("2.5");
    for (written, told) in
        [("loop trade", "ok      shop.loop: no expectations"), ("5 CNY }", "FAILED  shop.loop: 2 errors")]
    {
        std::fs::write(&path, &text[..text.find(written).unwrap()]).unwrap();
        watch.until(told);
    }
    std::fs::write(&path, &text).unwrap();
    let told = watch.until("ok      shop.loop: 1 expectation");
    assert!(told.contains("-60%"), "{told}");
    // What is no text at all is no end, either.
    std::fs::write(&path, b"\xff\xfe\0 loop").unwrap();
    watch.until("FAILED  shop.loop: ");
    std::fs::write(&path, MODEL).unwrap();
    watch.until("ok      shop.loop: 1 expectation");
}

#[test]
fn a_burst_of_saves_ends_with_the_last() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    let mut watch = Watch::begin(folder.path(), &["shop.loop"]);
    watch.until("ok      shop.loop");
    for save in 0..1000 {
        let text = costing(&format!("2.{save:04}1"));
        if save % 2 == 0 { renamed(&path, &text) } else { std::fs::write(&path, text).unwrap() }
    }
    std::fs::write(&path, costing("2.5")).unwrap();
    // However often it looked meanwhile: the last is what stays.
    let told = watch.until("maximize revenue / cost = 2\n");
    let runs = told.matches(" changed ─").count();
    assert!(runs < 200, "{runs} runs");
    watch.until("ok      shop.loop: 1 expectation");
    renamed(&path, &costing("4"));
    let told = watch.until("FAILED  shop.loop");
    assert!(told.contains("before  2\n") && told.contains("now     1.25  -37.5%"), "{told}");
}

#[test]
fn what_is_deleted_may_come_again() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    let mut watch = Watch::begin(folder.path(), &["shop.loop"]);
    watch.until("ok      shop.loop");
    std::fs::remove_file(&path).unwrap();
    watch.until("FAILED  shop.loop: cannot be read");
    std::fs::write(&path, costing("1")).unwrap();
    let told = watch.until("ok      shop.loop: 1 expectation");
    assert!(told.contains("+100%"), "{told}");
}

#[test]
fn a_folder_that_is_deleted_may_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let (inner, deep) = (folder.path().join("models"), folder.path().join("models/deep"));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("shop.loop"), MODEL).unwrap();
    let mut watch = Watch::begin(folder.path(), &["models"]);
    watch.until("ok      models/deep/shop.loop");
    for round in 0..3 {
        std::fs::remove_dir_all(&inner).unwrap();
        watch.until("there is no `.loop` file here yet");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("shop.loop"), MODEL).unwrap();
        watch.until("ok      models/deep/shop.loop");
        std::fs::write(deep.join("shop.loop"), costing(&format!("4.{round}"))).unwrap();
        watch.until("FAILED  models/deep/shop.loop");
    }
}

#[test]
fn what_a_model_uses_and_imports_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("tables")).unwrap();
    std::fs::write(path("tables/t.csv"), "payer,payee,cost\na,b,1\nb,a,1\n").unwrap();
    let whole = "use \"parts/names.loop\"\nimport flows from \"tables/t.csv\" { medium: cash, from: payer, to: payee, role: business\n    cost: cost * EUR, revenue: worth }\nloop best\n";
    std::fs::write(path("whole.loop"), whole).unwrap();
    let mut watch = Watch::begin(folder.path(), &["whole.loop"]);
    // The file that it uses is not there yet, nor its folder.
    watch.until("FAILED  whole.loop: ");
    std::fs::create_dir(path("parts")).unwrap();
    std::fs::write(path("parts/names.loop"), "currency EUR\nparam worth = 3 EUR\n").unwrap();
    let told = watch.until("ok      whole.loop");
    assert!(told.contains("revenue / cost = 3\n"), "{told}");
    renamed(&path("tables/t.csv"), "payer,payee,cost\na,b,1\nb,a,2\n");
    let told = watch.until("ok      whole.loop");
    assert!(told.contains("── tables/t.csv changed ─") && told.contains("revenue / cost = 2\n"), "{told}");
    std::fs::write(path("parts/names.loop"), "currency EUR\nparam worth = 6 EUR\n").unwrap();
    let told = watch.until("ok      whole.loop");
    assert!(
        told.contains("── parts/names.loop changed ─") && told.contains("revenue / cost = 4\n"),
        "{told}"
    );
}

#[test]
fn models_that_appear_and_go_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut watch = Watch::begin(folder.path(), &[]);
    watch.until("there is no `.loop` file here yet");
    std::fs::create_dir_all(path("new/folder")).unwrap();
    std::fs::write(path("new/folder/shop.loop"), MODEL).unwrap();
    watch.until("ok      new/folder/shop.loop");
    std::fs::write(path("second.loop"), costing("4")).unwrap();
    let told = watch.until("FAILED  second.loop: 1 of 1 expectations fail");
    assert!(!told.contains("new/folder"), "what did not change is not told again\n{told}");
    std::fs::remove_file(path("second.loop")).unwrap();
    watch.until("gone    second.loop");
    // Other files are nobody's news: what is told next is the next save.
    std::fs::write(path("notes.txt"), "x").unwrap();
    std::fs::write(path("new/folder/shop.loop"), costing("1")).unwrap();
    let told = watch.until("ok      new/folder/shop.loop");
    assert!(told.starts_with("\n── new/folder/shop.loop changed ─"), "{told}");
}

#[test]
fn scenarios_settings_and_denied_warnings_are_as_in_solve() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    let mut watch = Watch::begin(folder.path(), &["shop.loop", "--all-scenarios", "--deny", "warnings"]);
    watch.until("ok      shop.loop: 2 expectations");
    std::fs::write(&path, MODEL.replace("revenue: 5 CNY", "revenue: 4 CNY")).unwrap();
    let told = watch.until("FAILED  shop.loop: 1 of 2 expectations fail");
    assert!(told.contains("since the last run of shop.loop, scenario cheap\n"), "{told}");
    std::fs::write(&path, format!("{MODEL}param spare = 1\n")).unwrap();
    let told = watch.until("FAILED  shop.loop: 1 error, 2 expectations");
    assert!(told.contains("error[L0502]"), "{told}");
    let mut watch = Watch::begin(folder.path(), &["shop.loop", "--set", "fee=5 CNY", "--scenario", "chaep"]);
    watch.until("FAILED  shop.loop: the model has no scenario `chaep`: did you mean `cheap`?");
    std::fs::write(&path, MODEL.replace("cheap", "chaep")).unwrap();
    // By hand: 5 / 1, as the scenario sets the fee itself; with the setting 5 / 5.
    let told = watch.until("FAILED  shop.loop: 1 of 1 expectations fail");
    assert!(told.contains("revenue / cost = 1\n"), "{told}");
}

/// A pipe is no model, and would be waited for without end.
#[test]
fn a_pipe_below_a_folder_is_passed_over() {
    let folder = folder();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.loop")).status();
    if !made.is_ok_and(|made| made.success()) {
        return;
    }
    let mut watch = Watch::begin(folder.path(), &[]);
    watch.until("FAILED  pipe.loop: it is no regular file");
    watch.until("ok      shop.loop");
    std::fs::write(folder.path().join("shop.loop"), costing("4")).unwrap();
    let told = watch.until("FAILED  shop.loop");
    assert!(!told.contains("pipe.loop"), "{told}");
}

#[test]
fn a_link_is_watched_where_it_leads() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("real")).unwrap();
    std::fs::create_dir(path("here")).unwrap();
    std::fs::write(path("real/shop.loop"), MODEL).unwrap();
    std::os::unix::fs::symlink("../real/shop.loop", path("here/link.loop")).unwrap();
    let mut watch = Watch::begin(&path("here"), &["link.loop"]);
    watch.until("ok      link.loop");
    renamed(&path("real/shop.loop"), &costing("1"));
    let told = watch.until("ok      link.loop");
    assert!(told.contains("+100%"), "{told}");
}
