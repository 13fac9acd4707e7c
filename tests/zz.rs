use partition_lab::course::*;
use partition_lab::sim::*;
#[test] fn show() {
    let mut w = Walk::gilbert_lynch().unwrap();
    for round in 0..2 {
    for m in 0..=w.end() { println!("--- {m} {}", w.moments[m].at);
      for s in 0..2 { println!("{s}: {:?}", w.words(s,m)); let g=w.gauges(s,m); println!("   C {:?}\n   A {:?}", g.consistency, g.availability);} }
      if round==0 { w = w.act(w.end(), &Action::heal_between(NodeId(0),NodeId(1))).unwrap(); println!("=========="); }
    }
    for n in ["challenge-cp","challenge-ap","gilbert-lynch-cp"] { let p=play(n).unwrap(); let t=Run::of(p.scenarios[0].clone()).replay().unwrap(); println!("{}", t.to_json_lines()); }
}
