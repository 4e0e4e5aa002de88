//! `loopc fix`: what it changes, what it leaves alone, and that no file is ever half.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::{ends, error, loopc, out, run_in};

const PART: &str = "currency CNY\nparticipant platform: platform\nparticipant shoppers: consumer\n\
                    information flow advert: platform => shoppers { cost: 1 CNY; yield: 50% else platform }\n";
const MAIN: &str = "use \"part.loop\"\ncash flow order: shoppers -> platfrom { revenue: 4 CNY }\nloop trade\nexpect trade.ratio == 3\n";

fn project(folder: &Path) {
    std::fs::write(folder.join("part.loop"), PART).unwrap();
    std::fs::write(folder.join("main.loop"), MAIN).unwrap();
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn mended_part() -> String {
    PART.replace("=>", "->").replace("CNY; yield", "CNY, yield")
}

#[test]
fn a_model_and_what_it_uses_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let dry = run_in(folder.path(), &["fix", "--dry-run"]);
    ends(&dry, 0);
    assert_eq!(error(&dry), "would fix 3 faults in 2 files; none is left\n");
    let wanted = "--- a/main.loop\n+++ b/main.loop\n@@ -1,4 +1,4 @@\n use \"part.loop\"\n\
                  -cash flow order: shoppers -> platfrom { revenue: 4 CNY }\n\
                  +cash flow order: shoppers -> platform { revenue: 4 CNY }\n loop trade\n expect trade.ratio == 3\n";
    assert!(out(&dry).starts_with(wanted), "{}", out(&dry));
    assert!(out(&dry).contains("--- a/part.loop\n+++ b/part.loop\n"), "{}", out(&dry));
    assert_eq!(
        (read(folder.path(), "main.loop"), read(folder.path(), "part.loop")),
        (MAIN.into(), PART.into())
    );
    let fixed = run_in(folder.path(), &["fix"]);
    ends(&fixed, 0);
    assert_eq!(error(&fixed), "fixed 3 faults in 2 files; none is left\n");
    assert!(out(&fixed).is_empty());
    assert_eq!(read(folder.path(), "part.loop"), mended_part());
    assert_eq!(read(folder.path(), "main.loop"), MAIN.replace("platfrom", "platform"));
    ends(&run_in(folder.path(), &["check", "--deny", "warnings"]), 0);
    let again = run_in(folder.path(), &["fix"]);
    ends(&again, 0);
    assert_eq!(error(&again), "nothing to fix; none is left\n");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "a temporary file was left");
}

#[test]
fn a_diff_is_one_that_patch_takes() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let diff = run_in(folder.path(), &["fix", "--dry-run"]);
    std::fs::write(folder.path().join("it.diff"), &diff.stdout).unwrap();
    // Where git is not, there is nobody to try it.
    let Ok(applied) =
        std::process::Command::new("git").args(["apply", "it.diff"]).current_dir(folder.path()).output()
    else {
        return;
    };
    ends(&applied, 0);
    assert_eq!(read(folder.path(), "part.loop"), mended_part());
}

#[test]
fn what_cannot_be_mended_is_left_and_told() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    std::fs::write(folder.path().join("main.loop"), MAIN.replace("4 CNY", "4 CNY/year")).unwrap();
    let fixed = run_in(folder.path(), &["fix", "main.loop"]);
    ends(&fixed, 1);
    assert!(error(&fixed).contains("error[L0302]"), "{}", error(&fixed));
    assert!(error(&fixed).ends_with("fixed 3 faults in 2 files; 1 fault is left\n"), "{}", error(&fixed));
    // The same by machines, on standard error; the result is in the files.
    let told = run_in(folder.path(), &["fix", "main.loop", "--message-format", "json"]);
    ends(&told, 1);
    assert!(out(&told).is_empty() && error(&told).starts_with("{\"code\":\"L0302\""), "{}", error(&told));
    ends(&run_in(folder.path(), &["fix", "-"]), 2);
    ends(&run_in(folder.path(), &["fix", "no_such.loop"]), 2);
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "\u{feff}{}{}",
        PART, "cash flow order: shoppers -> platform { revenue: 4 CNY }\nloop trade\n"
    );
    let windows = text.replace('\n', "\r\n");
    std::fs::write(folder.path().join("m.loop"), &windows).unwrap();
    ends(&run_in(folder.path(), &["fix"]), 0);
    assert_eq!(
        read(folder.path(), "m.loop"),
        windows.replace("=>", "->").replace("CNY; yield", "CNY, yield")
    );
}

#[cfg(unix)]
#[test]
fn modes_and_links_stay_and_files_to_read_are_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let mode = |name: &str, mode: u32| {
        let path = folder.path().join(name);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("part.loop", 0o440);
    let refused = run_in(folder.path(), &["fix"]);
    ends(&refused, 2);
    assert!(error(&refused).contains("cannot write part.loop: it may only be read"), "{}", error(&refused));
    assert_eq!(read(folder.path(), "part.loop"), PART);
    mode("part.loop", 0o640);
    std::fs::rename(folder.path().join("main.loop"), folder.path().join("real.txt")).unwrap();
    std::fs::write(folder.path().join("real.txt"), MAIN).unwrap();
    std::os::unix::fs::symlink("real.txt", folder.path().join("main.loop")).unwrap();
    ends(&run_in(folder.path(), &["fix", "main.loop"]), 0);
    let about = std::fs::metadata(folder.path().join("part.loop")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(folder.path().join("main.loop")).unwrap().is_symlink());
    assert_eq!(read(folder.path(), "real.txt"), MAIN.replace("platfrom", "platform"));
}

#[test]
fn files_outside_the_project_and_tables_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("project");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(folder.path().join("part.loop"), PART).unwrap();
    std::fs::write(inside.join("main.loop"), MAIN.replace("part.loop", "../part.loop")).unwrap();
    let fixed = run_in(&inside, &["fix", "--allow-outside"]);
    ends(&fixed, 1);
    assert!(error(&fixed).contains("fixed 1 fault in 1 file; 2 faults are left"), "{}", error(&fixed));
    assert_eq!(read(folder.path(), "part.loop"), PART);
    // A name in a table is near to a declared one; the table stays as it is.
    let model = "currency CNY\nparticipant platform: platform\nparticipant shoppers: consumer\n\
                 import flows from \"t.csv\" {\n    from: payer_of\n    to: payee_of\n    medium: cash\n    revenue: sum * CNY\n}\n\
                 information flow back: platform -> shoppers { cost: 1 CNY }\nloop l\n";
    let table = "payer_of,payee_of,sum\nshopers,platform,3\n";
    std::fs::write(inside.join("main.loop"), model).unwrap();
    std::fs::write(inside.join("t.csv"), table).unwrap();
    let fixed = run_in(&inside, &["fix"]);
    ends(&fixed, 1);
    assert!(error(&fixed).contains("did you mean `shoppers`?"), "{}", error(&fixed));
    assert!(error(&fixed).contains("nothing to fix"), "{}", error(&fixed));
    assert_eq!(read(&inside, "t.csv"), table);
}

#[test]
fn mends_that_touch_are_made_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    let text = "currency CNY\nparticipant platform: platform\nparticipant shoppers: consumer\n\
                information flow advert: platform -> shopers{ cost: 1,5 CNY;,; yield: 50% else platfrom }\n\
                cash flow order: shoppers -> platform { revenue: 4 CNY }\nloop trade\n";
    std::fs::write(folder.path().join("m.loop"), text).unwrap();
    let fixed = run_in(folder.path(), &["fix"]);
    ends(&fixed, 0);
    let now = read(folder.path(), "m.loop");
    assert!(now.contains("-> shoppers{ cost: 1.5 CNY, yield: 50% else platform }"), "{now}{}", error(&fixed));
}

/// Killed at any moment, a file is as before or as mended, and what is whole can be mended again.
#[cfg(unix)]
#[test]
fn killed_it_leaves_files_whole() {
    let folder = tempfile::tempdir().unwrap();
    // Large enough that writing takes time.
    let lines = |arrow: &str| -> String {
        let head = "currency CNY\nparticipant a: platform\nparticipant b: consumer\n".to_owned();
        let flow = |place: usize| {
            format!(
                "cash flow f{place}: a {} b {{ cost: 1 CNY }}\n",
                if place.is_multiple_of(100) { arrow } else { "->" }
            )
        };
        (0..4_000).fold(head, |text, place| text + &flow(place))
            + "cash flow back: b -> a { revenue: 2 CNY }\nloop l\n"
    };
    let (before, after) = (lines("=>"), lines("->"));
    let names = ["one.loop", "two.loop", "three.loop"];
    let begun = || {
        names.iter().for_each(|name| std::fs::write(folder.path().join(name), &before).unwrap());
        let mut fixing = loopc(folder.path(), &["fix"]);
        fixing.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let pause = Duration::from_millis(5);
    let (mut whole, mut fixing) = (0, begun());
    while fixing.try_wait().unwrap().is_none() {
        std::thread::sleep(pause);
        whole += 1;
    }
    names.iter().for_each(|name| assert!(read(folder.path(), name) == after, "{name} was not mended"));
    let mut killed = 0;
    for attempt in 0..24 {
        let mut fixing = begun();
        // From the very first moment to the last; most of them where files are written, which is the end.
        std::thread::sleep(pause * whole * (attempt.min(6) * 4 + attempt) / 48);
        drop(fixing.kill());
        killed += usize::from(fixing.wait().unwrap().code().is_none());
        for name in names {
            let text = read(folder.path(), name);
            assert!(text == before || text == after, "{name} is neither: {} bytes", text.len());
        }
    }
    assert!(killed > 0, "no kill came in time");
}

#[test]
fn where_a_declaration_is_lost_no_name_is_certain() {
    let folder = tempfile::tempdir().unwrap();
    let text = "currency CNY\nparticipant shoppers: consumer\nparticipant platform: platform\n\
                participant (shopper: business\ncash flow order: shopper -> platform { cost: 1 CNY }\nloop l\n";
    std::fs::write(folder.path().join("m.loop"), text).unwrap();
    let fixed = run_in(folder.path(), &["fix", "--message-format", "short"]);
    ends(&fixed, 1);
    assert!(error(&fixed).contains("L0101") && error(&fixed).contains("L0202"), "{}", error(&fixed));
    assert_eq!(read(folder.path(), "m.loop"), text);
    // Once it can be read, nothing else can be meant.
    let whole = text.replace("participant (shopper: business\n", "");
    std::fs::write(folder.path().join("m.loop"), &whole).unwrap();
    run_in(folder.path(), &["fix"]);
    assert_eq!(read(folder.path(), "m.loop"), whole.replace("shopper ->", "shoppers ->"));
}
