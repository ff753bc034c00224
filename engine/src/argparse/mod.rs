//! argparse
